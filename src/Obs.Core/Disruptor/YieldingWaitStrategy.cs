using System.Threading;

namespace Obs.Core.Disruptor;

/// <summary>Spins a while, then offers the core to others between looks. For more waiting threads than cores.</summary>
internal readonly struct YieldingWaitStrategy : IWaitStrategy<YieldingWaitStrategy>
{
    /// <summary>Looks before the first yield, as in the pattern's original.</summary>
    private const int SpinTries = 100;

    /// <inheritdoc/>
    public static bool NeedsSignal => false;

    /// <inheritdoc/>
    public static YieldingWaitStrategy Create() => default;

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
        else
            Thread.Yield();
    }

    /// <inheritdoc/>
    public void Signal()
    {
    }
}
