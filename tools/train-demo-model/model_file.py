"""Reads and writes model files: safetensors with obs.* metadata (docs/how-to/bring-a-pytorch-model.md) and their hash.

The hash has the byte layout of src/Obs.Core/Models/ModelHash.cs: every text is its UTF-8 bytes after their number (4 bytes, little endian);
metadata but obs.hash sorted by key (key, value), then tensors sorted by name (name, type, shape as "400,6", raw bytes).
"""

import hashlib
import json
import struct

import numpy

TYPES = {"F32": "<f4", "F64": "<f8"}


def content_hash(metadata, tensors):
    """The model's identity as 64 hex digits. Tensors are float32 or float64 arrays by name."""
    digest = hashlib.sha256()

    def text(value):
        raw = value.encode("utf-8")
        digest.update(struct.pack("<I", len(raw)) + raw)

    for key in sorted(metadata):
        if key != "obs.hash":
            text(key)
            text(metadata[key])
    for name in sorted(tensors):
        kind, raw = _raw(tensors[name])
        text(name)
        text(kind)
        text(",".join(str(extent) for extent in tensors[name].shape))
        digest.update(raw)
    return digest.hexdigest()


def write(path, metadata, tensors):
    """Writes a model and returns its hash, which is added to the metadata."""
    metadata = dict(metadata)
    metadata["obs.hash"] = content_hash(metadata, tensors)
    header, data = {"__metadata__": metadata}, b""
    for name, tensor in tensors.items():
        kind, raw = _raw(tensor)
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, ensure_ascii=False).encode("utf-8")
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)
    return metadata["obs.hash"]


def read(path):
    """Metadata and tensors of a file this module wrote."""
    with open(path, "rb") as file:
        content = file.read()
    length = struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = numpy.frombuffer(content[begin:end], dtype=TYPES[entry["dtype"]]).reshape(entry["shape"])
    return metadata, tensors


def _raw(tensor):
    kind = {"float32": "F32", "float64": "F64"}[tensor.dtype.name]
    return kind, numpy.ascontiguousarray(tensor, dtype=TYPES[kind]).tobytes()
