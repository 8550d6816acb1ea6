"""Feature rows: read from `obs replay --out` files, or made here; labels, splits and windows on them."""

import csv
from dataclasses import dataclass

import numpy

FEATURES = ["spread", "mid_price", "obi", "price_volatility", "buy_sell_ratio", "price_change_rate"]
MID = "mid_price"


@dataclass
class Rows:
    """Rows of one market in time order: milliseconds, mid, and one column per feature, named."""

    time_ms: numpy.ndarray
    mid: numpy.ndarray
    values: numpy.ndarray
    features: list
    name: str


def read(paths, symbol=None, features=FEATURES):
    """Reads features.csv or features_all.csv files in order. Rows with an empty feature are left out, as the engine leaves them out of windows."""
    times, mids, values, symbols, seen = [], [], [], [], {}
    for path in paths:
        with open(path, newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            missing = [name for name in ["timestamp", "symbol", MID, *features] if name not in (reader.fieldnames or [])]
            if missing:
                raise SystemExit(f"{path}: column {missing[0]} is missing; give features.csv as 'obs replay --out' writes it, or features_all.csv with --all-features")
            for line in reader:
                seen[line["symbol"]] = seen.get(line["symbol"], 0) + 1
                if line[MID] and all(line[name] for name in features):
                    times.append(int(line["timestamp"]))
                    mids.append(float(line[MID]))
                    values.append([float(line[name]) for name in features])
                    symbols.append(line["symbol"])
    if not times:
        raise SystemExit(f"{', '.join(paths)}: no row has all features; replay more, the trade window must fill first")
    chosen = symbol or max(seen, key=seen.get)
    keep = numpy.array([name == chosen for name in symbols])
    if not keep.any():
        raise SystemExit(f"symbol {chosen} has no complete row; there are {', '.join(sorted(seen))}")
    return Rows(numpy.array(times)[keep], numpy.array(mids)[keep], numpy.array(values)[keep], list(features), chosen)


def synthesise(count, seed):
    """Rows of an invented market whose mid drifts with the book's imbalance; five a second, prices in KRW on a tick of 1,000."""
    random = numpy.random.default_rng(seed)
    time_ms = 1_700_000_000_000 + numpy.cumsum(random.integers(100, 301, count))
    imbalance = numpy.empty(count)
    log_mid = numpy.empty(count)
    state, level = 0.0, numpy.log(140_000_000.0)
    for row in range(count):
        state = 0.97 * state + 0.12 * random.standard_normal()
        imbalance[row] = numpy.tanh(state)
        level += 4e-6 * imbalance[row] + 2.5e-5 * random.standard_normal()
        log_mid[row] = level
    tick = 1_000.0
    mid = numpy.round(numpy.exp(log_mid) / tick * 2) * tick / 2
    spread = tick * (1 + random.poisson(1.5, count))
    moves = numpy.abs(numpy.diff(mid, prepend=mid[0])) / mid
    volatility = 1e-6 + numpy.convolve(moves, numpy.ones(30) / 30)[:count]
    flow = numpy.convolve(random.random(count) < 0.5 + 0.2 * imbalance, numpy.ones(30) / 30)[:count]
    change = mid / numpy.concatenate([numpy.full(30, mid[0]), mid[:-30]]) - 1
    values = numpy.column_stack([spread, mid, numpy.round(imbalance, 4), volatility, flow, change])
    return Rows(time_ms, mid, values, FEATURES, f"synthetic, seed {seed}")


def labels(rows, horizon_ms, target):
    """Return of the mid from each row to the last row at most the horizon later, and how many rows have one."""
    mid = rows.mid
    count = int(numpy.searchsorted(rows.time_ms, rows.time_ms[-1] - horizon_ms, side="right"))
    later = numpy.searchsorted(rows.time_ms, rows.time_ms[:count] + horizon_ms, side="right") - 1
    ratio = mid[later] / mid[:count]
    return (numpy.log(ratio) if target == "logReturn" else ratio - 1.0), count


def fit_scaler(values, features=FEATURES):
    """Median and interquartile range. The mid's level wanders: it is scaled by its own size, so that new prices stay near 0."""
    center = numpy.median(values, axis=0)
    low, high = numpy.percentile(values, [25, 75], axis=0)
    scale = high - low
    deviation = values.std(axis=0)
    scale = numpy.where(scale > 0, scale, numpy.where(deviation > 0, deviation, 1.0))
    if MID in features:
        at = features.index(MID)
        scale[at] = abs(center[at]) or 1.0
    return center, scale


def windows(scaled, last_rows, length):
    """Windows that end at the given rows: count × length × features."""
    return scaled[last_rows[:, None] + numpy.arange(1 - length, 1)[None, :]]
