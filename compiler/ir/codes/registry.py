"""Codes of registries: what a push or a pull can meet."""

from ..diagnostic import Code

REGISTRY_REFERENCE = Code(
    "registry-reference",
    "error",
    "This is not the name of something in a registry. Write `HOST/REPOSITORY`, with `:TAG` or `@sha256:DIGEST` where "
    "one is meant, such as `registry.example.com/team/model:v1`; names are in lower case.",
)
REGISTRY_SETTING = Code(
    "registry-setting",
    "error",
    "A variable that tunes transfers has a value that cannot be used. COG_PUSH_CONCURRENCY is how many blobs travel at "
    "once, COG_PUSH_DEFAULT_CHUNK_SIZE and COG_PUSH_MULTIPART_THRESHOLD are bytes; all are whole numbers of 1 or more.",
)
REGISTRY_CERTIFICATES = Code(
    "registry-certificates",
    "error",
    "A `.crt` file that the docker engine has for this registry, in a folder of `/etc/docker/certs.d`, holds no "
    "certificate that can be read. It would be trusted beside those of the system.",
)
REGISTRY_CREDENTIALS = Code(
    "registry-credentials",
    "error",
    "The credentials of the docker client could not be read: its config.json is not JSON, or the credential helper "
    "that it names answers with something else. Correct the file, or move it away and `cogc login HOST`.",
)
REGISTRY_UNREACHABLE = Code(
    "registry-unreachable",
    "error",
    "The registry could not be reached, or the connection was lost again and again. What was transferred is kept: the "
    "same command goes on from there. Check the name, the network, HTTPS_PROXY, and for a certificate that is not "
    "trusted COG_CA_CERT.",
)
REGISTRY_DENIED = Code(
    "registry-denied",
    "error",
    "The registry wants credentials, or those that are stored do not allow this. `cogc login HOST` stores them; they "
    "have to allow pulling, and for a push also pushing, in this repository.",
)
REGISTRY_MISSING = Code(
    "registry-missing",
    "error",
    "The registry has nothing of this name or digest. Compare the repository and the tag with what was pushed.",
)
REGISTRY_REFUSED = Code(
    "registry-refused",
    "error",
    "The registry answered a request with an error that trying again did not cure. The message has its status and its "
    "own words. What was transferred is kept: the same command goes on from there.",
)
BLOB_MISMATCH = Code(
    "blob-mismatch",
    "error",
    "What arrived is not what the digest names, or has another size, so it was removed. The registry's storage, or a "
    "proxy on the way, changed it. Push the blob again, or pull from another registry.",
)
BLOB_CHANGED = Code(
    "blob-changed",
    "error",
    "A file changed while it was being pushed, so that its bytes no longer are those of its digest. Import it again, "
    "then push.",
)
