#!/usr/bin/env python3
"""Trains the small LSTM that `obs up` starts with, on rows the product itself generated, and writes models/demo.*.

    ./obs replay ... --out DIR --all-features
    python3 tools/train-demo-model/train.py --features DIR/features_all.csv --inputs imb1,micro,ofi1_5s --test OTHER/features_all.csv
    python3 tools/train-demo-model/train.py --synthetic        # rows invented here, when there are none yet
    python3 tools/train-demo-model/train.py --self-test

Needs PyTorch (Debian: apt-get install --no-install-recommends python3-torch). Same input and seed give the same file on the same machine.
"""

import argparse
import os
import sys

try:
    import numpy
    import torch
except ImportError as missing:
    sys.exit(f"train.py needs {missing.name}: install NumPy and PyTorch (Debian: apt-get install --no-install-recommends python3-torch; elsewhere: pip install numpy torch).")

import feature_rows
import model_file

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
CHECK_ROWS = 40


class Network(torch.nn.Module):
    """LSTM, last step, one linear output; parameter names are those the engine reads."""

    def __init__(self, features, hidden):
        super().__init__()
        self.lstm = torch.nn.LSTM(features, hidden, batch_first=True)
        self.fc = torch.nn.Linear(hidden, 1)

    def forward(self, windows):
        steps, _ = self.lstm(windows)
        return self.fc(steps[:, -1, :])[:, 0]


def main():
    arguments = parse()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    if arguments.self_test:
        import self_test

        return self_test.run()
    rows = feature_rows.synthesise(arguments.rows, arguments.seed) if arguments.synthetic else read(arguments, arguments.features)
    network, metadata = train(rows, arguments)
    save(network, metadata, rows, arguments)
    return 0


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--features", nargs="+", metavar="FILE", help="features.csv files of one run, in order")
    source.add_argument("--synthetic", action="store_true", help="train on rows invented here")
    source.add_argument("--self-test", action="store_true", help="check labels, file, hash and training on small data")
    parser.add_argument("--inputs", default=",".join(feature_rows.FEATURES), help="columns the model reads, in order (default the six of features.csv)")
    parser.add_argument("--test", nargs="+", metavar="FILE", help="rows of another run: the skill stated is the one on these, and all of --features is for training and choosing")
    parser.add_argument("--stride", type=int, default=1, help="train on every n-th row; windows overlap, so most of it is repetition")
    parser.add_argument("--symbol", help="market to train on; default the one with most rows")
    parser.add_argument("--rows", type=int, default=40_000, help="rows to invent (default 40000)")
    parser.add_argument("--hidden", type=int, default=32)
    parser.add_argument("--window", type=int, default=30, help="rows of a window")
    parser.add_argument("--horizon-ms", type=int, default=5_000)
    parser.add_argument("--target", choices=["logReturn", "return"], default="logReturn")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", default=os.path.join(ROOT, "models", "demo"), help="path without extension")
    return parser.parse_args()


def read(arguments, paths):
    return feature_rows.read(paths, arguments.symbol, arguments.inputs.split(","))


def train(rows, arguments):
    """Fits on the first 70 % of the time, keeps the epoch that is best on the next 15 %, states the skill on the last 15 %, or on another run."""
    labels, count = feature_rows.labels(rows, arguments.horizon_ms, arguments.target)
    first = arguments.window - 1
    embargo = int(numpy.searchsorted(rows.time_ms, rows.time_ms[0] + arguments.horizon_ms)) + arguments.window
    a, b = first + int(0.70 * (count - first)), first + int(0.85 * (count - first))
    if a - first < 500 or b - a - embargo < 100 or count - b - embargo < 100:
        raise SystemExit(f"{count} labelled rows are too few to train, choose and test on; generate some thousand more")
    stride = getattr(arguments, "stride", 1)
    parts = [numpy.arange(first, a, stride), numpy.arange(a + embargo, b), numpy.arange(b + embargo, count)]
    center, scale = feature_rows.fit_scaler(rows.values[:a], rows.features)
    target_scale = float(labels[parts[0]].std()) or 1e-6
    scaled = ((rows.values - center) / scale).astype(numpy.float32)
    inputs = [torch.from_numpy(feature_rows.windows(scaled, part, arguments.window)) for part in parts]
    wanted = [torch.from_numpy((labels[part] / target_scale).astype(numpy.float32)) for part in parts]
    network = fit(inputs, wanted, arguments)
    skill = describe_skill(network, inputs[2], wanted[2])
    if getattr(arguments, "test", None):
        other = read(arguments, arguments.test)
        other_labels, other_count = feature_rows.labels(other, arguments.horizon_ms, arguments.target)
        other_scaled = ((other.values - center) / scale).astype(numpy.float32)
        print(f"inputs of the other run further than 8 scales out: {(numpy.abs(other_scaled) > 8).mean(axis=0)}", file=sys.stderr)
        ends = numpy.arange(first, other_count)
        skill = "another seed, " + describe_skill(
            network,
            torch.from_numpy(feature_rows.windows(other_scaled, ends, arguments.window)),
            torch.from_numpy((other_labels[ends] / target_scale).astype(numpy.float32)),
        )
    print(f"{rows.name}: {count} rows, {skill}", file=sys.stderr)
    return network, describe(rows, arguments, center, scale, target_scale, skill)


def fit(inputs, wanted, arguments):
    network = Network(inputs[0].shape[2], arguments.hidden)
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1e-2)
    best, best_state = float("inf"), None
    for epoch in range(arguments.epochs):
        network.train()
        for batch in torch.randperm(len(inputs[0])).split(128):
            optimiser.zero_grad()
            torch.nn.functional.mse_loss(network(inputs[0][batch]), wanted[0][batch]).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
        loss = torch.nn.functional.mse_loss(evaluate(network, inputs[1]), wanted[1]).item()
        print(f"epoch {epoch + 1}: validation loss {loss:.4f} of {wanted[1].square().mean().item():.4f}", file=sys.stderr)
        if loss < best:
            best, best_state = loss, {name: value.clone() for name, value in network.state_dict().items()}
    network.load_state_dict(best_state)
    return network


def evaluate(network, inputs):
    network.eval()
    with torch.no_grad():
        return torch.cat([network(part) for part in inputs.split(2_048)])


def describe_skill(network, inputs, wanted):
    predicted = evaluate(network, inputs)
    skill = 1.0 - ((predicted - wanted).square().mean() / wanted.square().mean()).item()
    ranks = [numpy.argsort(numpy.argsort(values.numpy())) for values in (predicted, wanted)]
    return f"test rows {len(wanted)}: skill {skill:.4f} against no change, rank correlation {numpy.corrcoef(*ranks)[0, 1]:.3f}"


def describe(rows, arguments, center, scale, target_scale, skill):
    numbers = lambda values: "[" + ", ".join(repr(float(value)) for value in values) + "]"
    return {
        "obs.kind": "lstm",
        "obs.features": ",".join(rows.features),
        "obs.window": str(arguments.window),
        "obs.horizonMs": str(arguments.horizon_ms),
        "obs.target": arguments.target,
        "obs.scaler.center": numbers(center),
        "obs.scaler.scale": numbers(scale),
        "obs.target.center": "0.0",
        "obs.target.scale": repr(target_scale),
        "obs.trainingSpan": f"{rows.name}: {rows.time_ms[0]} to {rows.time_ms[-1]} ms, {len(rows.time_ms)} rows",
        "obs.skill": skill,
        "obs.seed": str(arguments.seed),
    }


def save(network, metadata, rows, arguments):
    """Writes the model, and the last rows with the outputs PyTorch computes for them in double: what the engine is tested against."""
    tensors = {name: value.detach().numpy().astype(numpy.float32) for name, value in network.state_dict().items()}
    digest = model_file.write(arguments.out + ".safetensors", metadata, tensors)
    length = arguments.window
    tail = rows.values[-(length + CHECK_ROWS) :]
    center, scale = (numpy.array([float(part) for part in metadata[f"obs.scaler.{key}"].strip("[]").split(",")]) for key in ("center", "scale"))
    last = numpy.arange(length - 1, len(tail))
    inputs = torch.from_numpy(feature_rows.windows((tail - center) / scale, last, length))
    outputs = evaluate(network.double(), inputs).numpy() * float(metadata["obs.target.scale"])
    with open(arguments.out + ".windows.csv", "w", encoding="utf-8") as file:
        file.write(",".join(rows.features) + "\n")
        file.writelines(",".join(repr(float(value)) for value in row) + "\n" for row in tail)
    with open(arguments.out + ".expected.csv", "w", encoding="utf-8") as file:
        file.write("row,prediction\n")
        file.writelines(f"{row},{float(value)!r}\n" for row, value in zip(last, outputs))
    print(f"{arguments.out}.safetensors: {os.path.getsize(arguments.out + '.safetensors')} bytes, hash {digest}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
