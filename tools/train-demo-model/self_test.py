"""Checks of the training script on small data; each check has a control that must fail."""

import os
import tempfile
import types

import numpy
import torch

import feature_rows
import model_file
import train


def run():
    for check in [labels_look_ahead_by_the_horizon, rows_are_read_by_name, the_file_comes_back, the_hash_covers_all, training_finds_the_planted_drift]:
        check()
        print(f"passed: {check.__name__.replace('_', ' ')}")
    return 0


def labels_look_ahead_by_the_horizon():
    values = numpy.zeros((5, 6))
    mid = numpy.array([100.0, 101, 102, 103, 104])
    rows = feature_rows.Rows(numpy.array([0, 400, 1_000, 1_500, 3_000]), mid, values, feature_rows.FEATURES, "x")
    label, count = feature_rows.labels(rows, 1_000, "return")
    assert count == 4, count
    assert numpy.allclose(label, [102 / 100 - 1, 102 / 101 - 1, 103 / 102 - 1, 0]), label
    log_label, _ = feature_rows.labels(rows, 1_000, "logReturn")
    assert not numpy.allclose(log_label, label, atol=1e-6), "control: the targets differ"


def rows_are_read_by_name():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "features.csv")
        header = ["symbol", "timestamp", *reversed(feature_rows.FEATURES)]
        with open(path, "w", encoding="utf-8") as file:
            file.write(",".join(header) + "\n")
            file.write("A,1,6,5,4,3,2,1\nA,2,,5,4,3,2,1\nB,3,6,5,4,3,2,1\nA,4,6,5,4,3,2,9\n")
        rows = feature_rows.read([path])
        assert rows.name == "A" and list(rows.time_ms) == [1, 4], rows
        assert list(rows.values[0]) == [1, 2, 3, 4, 5, 6] and rows.values[1][0] == 9, rows
        assert list(feature_rows.read([path], "B").time_ms) == [3]
        few = feature_rows.read([path], "A", ["obi", "spread"])
        assert few.values.tolist() == [[3, 1], [3, 1], [3, 9]] and few.mid.tolist() == [2, 2, 2], "an empty column that is not asked for loses no row"


def the_file_comes_back():
    tensors = {"b": numpy.array([1.5, -2], dtype=numpy.float32), "a": numpy.ones((2, 3))}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "m.safetensors")
        digest = model_file.write(path, {"k": "é"}, tensors)
        metadata, back = model_file.read(path)
    assert metadata == {"k": "é", "obs.hash": digest} and digest == model_file.content_hash(metadata, back)
    assert all(numpy.array_equal(back[name], tensors[name]) for name in tensors)


def the_hash_covers_all():
    one = {"t": numpy.array([1], dtype=numpy.float32)}
    known = "46cfac1460f123e78cb1a135b684a4a1e5eef30ca187186e8ce19ffe0589f9d3"
    base = model_file.content_hash({"a": "é", "b": "2"}, one)
    others = [
        model_file.content_hash({"a": "é", "b": "3"}, one),
        model_file.content_hash({"a": "é", "b": "2"}, {"u": one["t"]}),
        model_file.content_hash({"a": "é", "b": "2"}, {"t": one["t"].reshape(1, 1)}),
        model_file.content_hash({"a": "é", "b": "2"}, {"t": -one["t"]}),
    ]
    assert base == known, "the layout differs from the one the engine's tests state (ModelFileTests.cs)"
    assert base not in others and len(set(others)) == 4
    assert base == model_file.content_hash({"b": "2", "obs.hash": "left out", "a": "é"}, one)


def training_finds_the_planted_drift():
    arguments = types.SimpleNamespace(window=10, horizon_ms=5_000, target="logReturn", hidden=8, epochs=2, seed=1)
    rows = feature_rows.synthesise(8_000, seed=3)
    torch.manual_seed(1)
    assert rank_correlation(train.train(rows, arguments)) > 0.1
    shuffled = feature_rows.Rows(rows.time_ms, rows.mid, rows.values.copy(), rows.features, "control: features without connection to the mid")
    others = [i for i in range(6) if rows.features[i] != feature_rows.MID]
    shuffled.values[:, others] = numpy.random.default_rng(5).permutation(shuffled.values[:, others])
    assert rank_correlation(train.train(shuffled, arguments)) < 0.1


def rank_correlation(trained):
    return float(trained[1]["obs.skill"].rsplit(" ", 1)[1])
