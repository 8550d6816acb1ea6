using System;

namespace Obs.Bench.Harness;

/// <summary>One way of doing the measured work.</summary>
/// <param name="Name">What a reader would call it, e.g. <c>Channel&lt;T&gt;</c>.</param>
/// <param name="OperationsPerRun">Operations one call of <paramref name="Run"/> performs; a run should take 20 ms to 1 s.</param>
/// <param name="Run">The timed work. It must do the same work on every call.</param>
/// <param name="Prepare">Untimed work before each run, such as resetting a book; null when there is none.</param>
internal sealed record Contender(string Name, long OperationsPerRun, Action Run, Action? Prepare = null);
