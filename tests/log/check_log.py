"""Reads a center's log as c2sp.org has it, with nothing of ours: tiles, a checkpoint, and whether a record is in it.

    check_log.py URL KEY < RECORD     KEY as the operator published it, RECORD as canonical JSON

The standard library hashes; signatures are checked by openssl, or by python3-cryptography where that is there.
"""
import base64
import hashlib
import os
import subprocess
import sys
import tempfile
import urllib.request


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree(leaves):
    """MTH of RFC 6962 section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return node(tree(leaves[:k]), tree(leaves[k:]))


def signed(text, signature, key):
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return signed_by_openssl(text, signature, key)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text)
        return True
    except Exception:
        return False


def signed_by_openssl(text, signature, key):
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, name) for name in ("key", "text", "signature")]
        spki = bytes.fromhex("302a300506032b6570032100") + key
        for name, content in zip(names, (spki, text, signature)):
            with open(name, "wb") as file:
                file.write(content)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", names[0], "-rawin"]
        return subprocess.run(command + ["-in", names[1], "-sigfile", names[2]], capture_output=True).returncode == 0


def checkpoint(url, vkey):
    name, key_id, encoded = vkey.split("+", 2)
    key = base64.b64decode(encoded)
    assert key[0] == 1 and hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] == key_id, "no key of a log"
    text, signatures = get(url + "/checkpoint").decode().rsplit("\n\n", 1)
    text += "\n"
    for line in signatures.splitlines():
        dash, signer, encoded = line.split(" ")
        signature = base64.b64decode(encoded)
        if signer == name and signature[:4].hex() == key_id:
            assert dash == "\u2014" and signed(text.encode(), signature[4:], key[1:]), "not signed by the log"
            origin, size, root = text.splitlines()[:3]
            assert origin == name, "another log"
            return int(size), base64.b64decode(root)
    raise AssertionError("not signed by the log")


def tile_path(level, number, width):
    digits = "%03d" % (number % 1000)
    while number >= 1000:
        number //= 1000
        digits = "x%03d/%s" % (number % 1000, digits)
    return "/tile/%d/%s%s" % (level, digits, "" if width == 256 else ".p/%d" % width)


def leaves_of(url, size):
    leaves = []
    for number in range((size + 255) // 256):
        width = min(256, size - 256 * number)
        tile = get(url + tile_path(0, number, width))
        assert len(tile) == 32 * width, "a tile of another width"
        leaves += [tile[at : at + 32] for at in range(0, len(tile), 32)]
    return leaves


def main():
    url, vkey = sys.argv[1], sys.argv[2]
    record = sys.stdin.buffer.read()
    size, root = checkpoint(url, vkey)
    leaves = leaves_of(url, size)
    assert tree(leaves) == root, "the tiles are not what was signed"
    for number in range(size // 256 // 256 * 256, size // 256):
        above = get(url + tile_path(1, number // 256, size // 256 % 256 or 256))
        at = 32 * (number % 256)
        assert above[at : at + 32] == tree(leaves[256 * number : 256 * number + 256]), "a tile above is of another tree"
    leaf = hashlib.sha256(b"\x00" + record).digest()
    assert leaf in leaves, "the record is not in the log"
    print("in the log at %d of %d" % (leaves.index(leaf), size))


if __name__ == "__main__":
    try:
        main()
    except AssertionError as error:
        sys.exit("NOT VALID: %s" % error)
