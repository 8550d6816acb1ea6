namespace Obs.Core.Models.Sequence;

/// <summary>T windows in flight, one begun by each row; a row advances them all by one step and finishes the oldest (docs/concepts/staggered-windows.md).</summary>
/// <remarks>
/// The critical path is the row's input half (once for all windows), the finishing window's gates and the head, and in stacked layers the
/// upper input halves. Everything else is background: the other windows' steps, nearest to finishing first, and the recurrent halves of the
/// window that finishes next.
/// Rows may come before it is done; a row then first completes what its own window lacks, and far windows wait.
/// </remarks>
internal sealed unsafe class StaggeredSession : SequenceSession
{
    private readonly int _window;
    private readonly WindowsInFlight _windows;
    private int _rowSlot;

    /// <summary>Creates an empty session on a packed network.</summary>
    public StaggeredSession(SequenceNetwork network) : base(network)
    {
        _window = Model.Window;
        _windows = new WindowsInFlight(network);
    }

    /// <inheritdoc/>
    public override bool RunBackgroundSlice()
    {
        int budget = WorkCost.Slice;
        while (_windows.HasWork)
        {
            if (budget <= 0)
                return true;
            _ = _windows.TryRunItem(out int cost);
            budget -= cost;
        }
        return false;
    }

    /// <inheritdoc/>
    protected override void Reset()
    {
        _rowSlot = 0;
        _windows.Reset();
    }

    /// <inheritdoc/>
    protected override bool Advance(float* scaled, out float output)
    {
        float* input = _windows.RowInput(_rowSlot);
        Network.Multiply(Network.Inputs[0], scaled, input);
        _rowSlot = _rowSlot + 1 == _window ? 0 : _rowSlot + 1;
        output = 0;
        bool finishes = _windows.Rows + 1 >= _window;
        if (finishes)
        {
            LateRows += _windows.IsPrepared ? 0 : 1;
            _windows.Prepare();
            output = _windows.Finish(_rowSlot, input);
        }
        _windows.Accept();
        return finishes;
    }
}
