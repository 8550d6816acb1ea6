using System;
using System.Threading;

namespace Obs.Core.Disruptor;

/// <summary>Spins, then yields, then sleeps about 60 µs between looks. For outputs whose delay nobody feels.</summary>
internal readonly struct SleepingWaitStrategy : IWaitStrategy<SleepingWaitStrategy>
{
    private const int SpinTries = 100;
    private const int YieldTries = 200;
    private const long SleepNs = 10_000; // the kernel's timer slack adds 50 µs: prctl(2), PR_SET_TIMERSLACK

    /// <inheritdoc/>
    public static bool NeedsSignal => false;

    /// <inheritdoc/>
    public static SleepingWaitStrategy Create() => default;

    /// <inheritdoc/>
    public int Prepare(int attempt) => 0;

    /// <inheritdoc/>
    public void Cancel(int attempt)
    {
    }

    /// <inheritdoc/>
    public void Wait(int attempt, int ticket)
    {
        if (attempt < SpinTries)
            SpinHint.Pause();
        else if (attempt < YieldTries || !OperatingSystem.IsLinux())
            Thread.Yield();
        else
            LinuxThread.Sleep(SleepNs);
    }

    /// <inheritdoc/>
    public void Signal()
    {
    }
}
