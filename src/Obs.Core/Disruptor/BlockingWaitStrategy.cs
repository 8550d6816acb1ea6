namespace Obs.Core.Disruptor;

/// <summary>Spins briefly, then sleeps until somebody moves a sequence. Costs no core; every publication pays a full fence for it.</summary>
internal readonly struct BlockingWaitStrategy : IWaitStrategy<BlockingWaitStrategy>
{
    private const int SpinTries = 50;

    private readonly WaitGate _gate;

    private BlockingWaitStrategy(WaitGate gate) => _gate = gate;

    /// <inheritdoc/>
    public static bool NeedsSignal => true;

    /// <inheritdoc/>
    public static BlockingWaitStrategy Create() => new(new WaitGate());

    /// <inheritdoc/>
    public int Prepare(int attempt) => attempt < SpinTries ? 0 : _gate.Announce();

    /// <inheritdoc/>
    public void Cancel(int attempt)
    {
        if (attempt >= SpinTries)
            _gate.Leave();
    }

    /// <inheritdoc/>
    public void Wait(int attempt, int ticket)
    {
        if (attempt < SpinTries)
            SpinHint.Pause();
        else
            _gate.Block(ticket);
    }

    /// <inheritdoc/>
    public void Signal() => _gate.Open();
}
