using System.Runtime.CompilerServices;

namespace Obs.Core.Disruptor;

/// <summary>Looks again at once. The fastest reaction; needs a core of its own for every waiting thread.</summary>
internal readonly struct BusySpinWaitStrategy : IWaitStrategy<BusySpinWaitStrategy>
{
    /// <inheritdoc/>
    public static bool NeedsSignal => false;

    /// <inheritdoc/>
    public static BusySpinWaitStrategy Create() => default;

    /// <inheritdoc/>
    public int Prepare(int attempt) => 0;

    /// <inheritdoc/>
    public void Cancel(int attempt)
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Wait(int attempt, int ticket) => SpinHint.Pause();

    /// <inheritdoc/>
    public void Signal()
    {
    }
}
