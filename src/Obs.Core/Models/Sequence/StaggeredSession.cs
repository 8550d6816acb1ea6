using System;
using System.Diagnostics;

namespace Obs.Core.Models.Sequence;

/// <summary>T windows in flight, one begun by each row; a row advances them all by one step and finishes the oldest (facts/inference.md
/// §1).</summary>
/// <remarks>
/// The critical path is the row's input half (once for all windows), the finishing window's gates and the head, and in stacked layers the
/// upper input halves. Everything else is background: the other windows' steps, nearest to finishing first, and the recurrent halves of the
/// window that finishes next.
/// Rows may come before it is done; a row then first completes what its own window lacks, and far windows wait.
/// When nothing is left to do, every 64th call goes over one layer of the critical path with values of its own: a row that comes after a
/// pause would else wait for weights that other programs pushed out of the caches.
/// Window q begins with row q, lies in slot q mod T and takes rows q … q + T − 1. For every slot: start ≤ next row to take ≤ rows seen.
/// </remarks>
internal sealed unsafe class StaggeredSession : SequenceSession
{
    private const int WideTileColumnsMax = 256;

    private readonly int _window;
    private readonly int _tileWindows;
    private readonly WindowStates _states;
    private readonly AlignedFloats _rowInputs;
    private readonly AlignedFloats _upperInput;
    private readonly PreparedHalves _prepared;
    private readonly StepTile _tile;
    private readonly StepTile _urgent;
    private readonly CriticalPathRehearsal _rehearsal;
    private readonly long[] _nextRow;
    private long _rows;
    private long _scan;
    private int _rowSlot;

    /// <summary>Creates an empty session on a packed network.</summary>
    public StaggeredSession(SequenceNetwork network) : base(network)
    {
        _window = Model.Window;
        _tileWindows = network.Hidden <= WideTileColumnsMax ? StepTile.WindowsMax : 1;
        _states = new WindowStates(network, _window);
        _rowInputs = new AlignedFloats(checked(_window * network.PreStride));
        _upperInput = new AlignedFloats(network.PreStride);
        _prepared = new PreparedHalves(network, _states);
        _tile = new StepTile(network, _states);
        _urgent = new StepTile(network, _states);
        _rehearsal = new CriticalPathRehearsal(network);
        _nextRow = new long[_window];
        Reset();
    }

    private long FinishesNext => _rows - _window + 1;

    /// <inheritdoc/>
    public override bool RunBackgroundSlice()
    {
        int budget = WorkCost.Slice;
        while (PlanBackground())
        {
            if (budget <= 0)
                return true;
            budget -= RunPlanned();
        }
        if (_prepared.IsReady)
            _rehearsal.OnIdle(_states, _rowSlot + 1 == _window ? 0 : _rowSlot + 1, _prepared);
        return false;
    }

    /// <inheritdoc/>
    protected override void Reset()
    {
        (_rows, _scan, _rowSlot) = (0, 0, 0);
        _states.ZeroAll();
        _prepared.Clear();
        _tile.Clear();
        _urgent.Clear();
        for (int slot = 0; slot < _window; slot++)
            _nextRow[slot] = slot;
    }

    /// <inheritdoc/>
    protected override bool Advance(float* scaled, out float output)
    {
        float* input = RowInput(_rowSlot);
        Network.Multiply(Network.Inputs[0], scaled, input);
        long finishing = FinishesNext;
        _rowSlot = _rowSlot + 1 == _window ? 0 : _rowSlot + 1;
        output = 0;
        if (finishing >= 0)
        {
            Prepare(finishing, _rowSlot);
            output = Finish(_rowSlot, input);
            _prepared.Clear();
            _states.Zero(_rowSlot);
            _nextRow[_rowSlot] = _rows + 1;
        }
        _rows++;
        _scan = Math.Max(0, FinishesNext);
        return finishing >= 0;
    }

    /// <summary>The critical path behind the row's own product: gates and upper layers of one window, then the head.</summary>
    private float Finish(int slot, float* input)
    {
        for (int layer = 0; layer < Network.LayerCount; layer++)
        {
            if (layer > 0)
            {
                input = _upperInput.Pointer;
                Network.Multiply(Network.Inputs[layer], _states.Hidden(slot, layer - 1), input);
            }
            Network.ApplyGates(input, _prepared.Half(layer), _states.Cell(slot, layer), _states.Hidden(slot, layer));
        }
        return Network.Head(_states.Hidden(slot, Network.LayerCount - 1));
    }

    /// <summary>Completes what the finishing window lacks when rows came faster than the background; normally nothing.</summary>
    private void Prepare(long window, int slot)
    {
        if (_prepared.IsReady)
            return;
        LateRows++;
        if (_tile.Holds(slot))
            Complete(_tile);
        while (_nextRow[slot] < _rows)
        {
            _urgent.Add(slot, RowInput(SlotOf(_nextRow[slot])));
            Complete(_urgent);
        }
        Debug.Assert(_nextRow[slot] == _rows && window + _window == _rows + 1, "the finishing window has taken all rows but the last");
        while (!_prepared.IsReady)
            _prepared.RunItem(slot);
    }

    private void Complete(StepTile tile)
    {
        while (!tile.RunItem(out _))
        {
            // item by item: each knows what comes after it
        }
        Retire(tile);
    }

    private void Retire(StepTile tile)
    {
        for (int i = 0; i < tile.Count; i++)
            _nextRow[tile.Slot(i)]++;
        tile.Clear();
    }

    /// <summary>True when an item is ready to run: of the tile under way, of the next finishing window's halves, or of a new
    /// tile.</summary>
    private bool PlanBackground()
    {
        if (_tile.Count > 0 || MayPrepare())
            return true;
        while (_scan < _rows && _nextRow[SlotOf(_scan)] == _rows)
            _scan++;
        for (long window = _scan; window < _rows && _tile.Count < _tileWindows; window++)
        {
            int slot = SlotOf(window);
            if (_nextRow[slot] < _rows)
                _tile.Add(slot, RowInput(SlotOf(_nextRow[slot])));
        }
        return _tile.Count > 0;
    }

    private bool MayPrepare() => !_prepared.IsReady && FinishesNext >= 0 && _nextRow[SlotOf(FinishesNext)] == _rows;

    private int RunPlanned()
    {
        if (_tile.Count == 0)
            return _prepared.RunItem(SlotOf(FinishesNext));
        if (_tile.RunItem(out int cost))
            Retire(_tile);
        return cost;
    }

    private int SlotOf(long index) => (int)((ulong)index % (ulong)_window);

    private float* RowInput(int slot) => _rowInputs.Pointer + ((nint)slot * Network.PreStride);
}
