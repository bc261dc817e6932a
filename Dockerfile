# The image of docker-compose.yaml: exact pins with hashes, then stancewire itself.
FROM python:3.11-slim

RUN useradd --create-home --uid 10001 stancewire && mkdir /data /airflow && chown stancewire /data /airflow
WORKDIR /app
RUN pip install --no-cache-dir 'uv>=0.8'
COPY requirements.lock ./
RUN uv pip install --system --no-cache --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY pipeline pipeline
COPY warehouse warehouse
COPY schemas schemas
COPY dags dags
RUN uv pip install --system --no-cache --no-deps --editable .
USER stancewire
