"""Says in words why what lies at an address cannot be had or written."""

from __future__ import annotations

from nlp.storage.addresses import scheme

_PACKAGES = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "az": "adlfs", "abfs": "adlfs"}
"""What has to be installed beside fsspec, where the extra may lack it."""
_CREDENTIALS = (
    "NoCredentialsError",
    "PartialCredentialsError",
    "ProfileNotFound",
    "TokenRetrievalError",
    "DefaultCredentialsError",
    "GoogleAuthError",
)
"""Names of the exceptions by which libraries say that they know no key to a storage."""
_UNREACHABLE = (
    "EndpointConnectionError",
    "ClientConnectorError",
    "ClientConnectorDNSError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
)
_NO_CREDENTIALS = (
    "there are no credentials for this storage; set them where its own tools look for them (for S3: "
    "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile in ~/.aws)."
)


class Refused(OSError):
    """What cannot be had from an address, or written to it.

    `code` is that of a failure of a record, `reason` a sentence that names no address.
    """

    def __init__(self, code: str, address: str, reason: str) -> None:
        super().__init__(0, reason)
        self.code = code
        self.address = address
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.address}: {self.reason}"


def not_installed(address: str) -> Refused:
    """Return why an address cannot be used: a package is missing.

    >>> str(not_installed("s3://in/a.txt"))
    "s3://in/a.txt: addresses of s3 need s3fs, which is not installed: pip install 'nianbao[storage]'"
    """
    kind = scheme(address)
    package = _PACKAGES.get(kind, "fsspec")
    more = f" {package}" if package not in ("s3fs", "fsspec") else ""
    return Refused(
        "unsupported",
        address,
        f"addresses of {kind} need {package}, which is not installed: pip install 'nianbao[storage]'{more}",
    )


def refused(address: str, error: BaseException) -> Refused:
    """Return what a person is told about an exception of fsspec, or of a library below it."""
    kinds = [type(one).__name__ for one in _chain(error)]
    if any(kind in _CREDENTIALS for kind in kinds):
        return Refused("not_permitted", address, _NO_CREDENTIALS)
    if _says(error, "NoSuchBucket", "bucket does not exist"):
        return Refused("not_found", address, "there is no such bucket.")
    if isinstance(error, PermissionError):
        return Refused("not_permitted", address, "the storage does not permit this; check its credentials.")
    if isinstance(error, FileNotFoundError):
        return Refused("not_found", address, "there is no such file.")
    if isinstance(error, IsADirectoryError):
        return Refused("not_a_file", address, "this is a folder.")
    if any(kind in _UNREACHABLE for kind in kinds) or isinstance(error, TimeoutError):
        return Refused("unreadable", address, "the storage does not answer; check address and network.")
    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    return Refused("unreadable", address, f"the storage refuses it ({said}).")


def not_writable(address: str) -> Refused:
    """Return why nothing is written to an address of its kind."""
    return Refused(
        "unsupported",
        address,
        f"nothing is written to addresses of {scheme(address)}; those of s3, gs, az, oss and file can be.",
    )


def _chain(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in chain:
        chain.append(following)
        following = following.__cause__ or following.__context__
    return chain


def _says(error: BaseException, *words: str) -> bool:
    return any(word in str(one) for one in _chain(error) for word in words)
