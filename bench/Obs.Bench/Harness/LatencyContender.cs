using System;

namespace Obs.Bench.Harness;

/// <summary>One way of doing work whose tail matters: each call of <paramref name="Run"/> adds its latencies to the sample.</summary>
/// <param name="Name">What a reader would call it.</param>
/// <param name="Run">Performs one round and records each latency in nanoseconds.</param>
internal sealed record LatencyContender(string Name, Action<LatencySample> Run);
