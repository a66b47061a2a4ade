"""A storage that speaks S3, on this machine, with a bucket in it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.project import ROOT

SAMPLES = sorted((ROOT / "data" / "samples").glob("*.txt"))


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """A server of moto, as the environment names it to everyone."""
    pytest.importorskip("s3fs", reason="s3fs is not installed")
    pytest.importorskip("flask_cors", reason="flask-cors is not installed")
    moto = pytest.importorskip("moto.server", reason="moto is not installed", exc_type=ImportError)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patched.setenv("AWS_ACCESS_KEY_ID", "key")
        patched.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patched.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patched.setenv("AWS_CONFIG_FILE", "/nowhere")
        patched.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
        patched.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield running
    running.stop()


@pytest.fixture
def bucket(server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A new bucket `reports`, as a file system of fsspec."""
    import s3fs

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    storage = s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)
    storage.mkdir("reports")
    yield storage
    storage.rm("reports", recursive=True)


def put_copies(bucket: Any, folder: str, count: int) -> dict[str, bytes]:
    """Write samples over and over to a bucket, each time another file, and return them by name."""
    texts = [path.read_bytes() for path in SAMPLES]
    contents = {f"{n:04}.txt": texts[n % len(texts)] + b"\n" * (n // len(texts)) for n in range(count)}
    for name, content in contents.items():
        bucket.pipe_file(f"{folder}/{name}", content)
    return contents
