-- What the last poll of each feed left behind. $urls: feed addresses, or null for all.
SELECT feed_url, etag, last_modified, content_hash, seeded
FROM feed
WHERE $urls::VARCHAR[] IS NULL OR list_contains($urls::VARCHAR[], feed_url)
ORDER BY feed_url;
