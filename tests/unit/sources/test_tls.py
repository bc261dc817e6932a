import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.sources import Client, Limits
from pipeline.sources.errors import Failed, Refused
from tests.press import answer

HOST = "press.example"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for HOST, signed by itself, with its key."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "press.pem"
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8
    path.write_bytes(key.private_bytes(pem, form, serialization.NoEncryption()) + made.public_bytes(pem))
    return path


@pytest.fixture
def port(certificate: Path) -> Iterator[int]:
    """A press that speaks TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(3)

        def serve() -> None:
            try:
                connection, _ = listener.accept()
                with connection, context.wrap_socket(connection, server_side=True) as secure:
                    secure.recv(65536)
                    secure.sendall(answer(b"x"))
            except OSError:
                return

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


def client(limits: Limits, certificate: Path | None = None) -> Client:
    trusted = ssl.create_default_context(cafile=str(certificate)) if certificate else None
    return Client(limits, resolver=lambda host, port: ["127.0.0.1"], tls=trusted)


def test_the_certificate_is_checked_against_the_name_though_the_address_is_dialled(
    limits: Limits, certificate: Path, port: int
) -> None:
    response = client(limits, certificate).get(f"https://{HOST}:{port}/", local_authority=f"{HOST}:{port}")
    assert response.body == b"x"


def test_a_certificate_of_another_name_is_refused(limits: Limits, certificate: Path, port: int) -> None:
    with pytest.raises(Failed, match="tls_failed"):
        client(limits, certificate).get(f"https://other.example:{port}/", local_authority=f"other.example:{port}")


def test_a_certificate_that_nobody_vouches_for_is_refused(limits: Limits, port: int) -> None:
    with pytest.raises(Failed, match="tls_failed"):
        client(limits).get(f"https://{HOST}:{port}/", local_authority=f"{HOST}:{port}")


def test_an_address_is_judged_before_hands_are_shaken(limits: Limits, certificate: Path, port: int) -> None:
    with pytest.raises(Refused, match="address_refused"):
        client(limits, certificate).get(f"https://{HOST}:{port}/")
    with socket.create_connection(("127.0.0.1", port)):
        pass  # frees the press that waits for somebody
