using System;
using System.Diagnostics;

namespace Obs.Core.Models.Sequence;

/// <summary>The T windows of a stream, one begun by each row: their states, and the work that brings each to the row it waits for (docs/concepts/staggered-windows.md).</summary>
/// <remarks>
/// Window q begins with row q, lies in slot q mod T and takes rows q … q + T − 1. For every slot: start ≤ next row to take ≤ rows accepted.
/// One owner at a time works on it. Only <see cref="Finish"/> may run beside an owner, between the moment the window's halves are prepared and the
/// moment its last row is accepted: nobody else touches that window's state or the halves in between. The input half of a row may be written
/// beside an owner too: the row whose place it takes is needed by no window any more.
/// </remarks>
internal sealed unsafe class WindowsInFlight
{
    private const int WideTileColumnsMax = 256;

    private readonly SequenceNetwork _network;
    private readonly int _window;
    private readonly int _tileWindows;
    private readonly WindowStates _states;
    private readonly AlignedFloats _rowInputs;
    private readonly AlignedFloats _upperInput;
    private readonly PreparedHalves _prepared;
    private readonly StepTile _tile;
    private readonly StepTile _urgent;
    private readonly long[] _nextRow;
    private long _scan;

    /// <summary>No rows yet.</summary>
    public WindowsInFlight(SequenceNetwork network)
    {
        _network = network;
        _window = network.Model.Window;
        _tileWindows = network.Hidden <= WideTileColumnsMax ? StepTile.WindowsMax : 1;
        _states = new WindowStates(network, _window);
        _rowInputs = new AlignedFloats(checked(_window * network.PreStride));
        _upperInput = new AlignedFloats(network.PreStride);
        _prepared = new PreparedHalves(network, _states);
        _tile = new StepTile(network, _states);
        _urgent = new StepTile(network, _states);
        _nextRow = new long[_window];
        Reset();
    }

    /// <summary>Rows accepted since the last reset. Owner.</summary>
    public long Rows { get; private set; }

    /// <summary>True when the next row finds all it needs: it finishes no window, or its window's halves are there. Owner.</summary>
    public bool IsPrepared => FinishesNext < 0 || _prepared.IsReady;

    /// <summary>True when something is left to do before the next row. Owner.</summary>
    public bool HasWork => PlanBackground();

    private long FinishesNext => Rows - _window + 1;

    /// <summary>Where a row's input half of the first layer is kept.</summary>
    public float* RowInput(int slot) => _rowInputs.Pointer + ((nint)slot * _network.PreStride);

    /// <summary>Forgets everything. Owner.</summary>
    public void Reset()
    {
        (Rows, _scan) = (0, 0);
        _states.ZeroAll();
        _prepared.Clear();
        _tile.Clear();
        _urgent.Clear();
        for (int slot = 0; slot < _window; slot++)
            _nextRow[slot] = slot;
    }

    /// <summary>The critical path behind the row's own product: gates and upper layers of one window, then the head.</summary>
    /// <param name="slot">Slot of the window that the row finishes.</param>
    /// <param name="input">The row's input half of the first layer.</param>
    public float Finish(int slot, float* input)
    {
        for (int layer = 0; layer < _network.LayerCount; layer++)
        {
            if (layer > 0)
            {
                input = _upperInput.Pointer;
                _network.Multiply(_network.Inputs[layer], _states.Hidden(slot, layer - 1), input);
            }
            _network.ApplyGates(input, _prepared.Half(layer), _states.Cell(slot, layer), _states.Hidden(slot, layer));
        }
        return _network.Head(_states.Hidden(slot, _network.LayerCount - 1));
    }

    /// <summary>Completes what the window that the next row finishes lacks; normally nothing. Owner.</summary>
    public void Prepare()
    {
        if (IsPrepared)
            return;
        int slot = SlotOf(FinishesNext);
        if (_tile.Holds(slot))
            Complete(_tile);
        while (_nextRow[slot] < Rows)
        {
            _urgent.Add(slot, RowInput(SlotOf(_nextRow[slot])));
            Complete(_urgent);
        }
        Debug.Assert(_nextRow[slot] == Rows, "the finishing window has taken all rows but the last");
        while (!_prepared.IsReady)
            _prepared.RunItem(slot);
    }

    /// <summary>Takes a row for done: the window it finished makes room for the one that the next row begins. Owner.</summary>
    public void Accept()
    {
        long finished = FinishesNext;
        if (finished >= 0)
        {
            int slot = SlotOf(finished);
            _prepared.Clear();
            _states.Zero(slot);
            _nextRow[slot] = Rows + 1;
        }
        Rows++;
        _scan = Math.Max(0, FinishesNext);
    }

    /// <summary>Runs the next item of background work, nearest window first; false when none is left. Owner.</summary>
    public bool TryRunItem(out int cost)
    {
        cost = 0;
        if (!PlanBackground())
            return false;
        if (_tile.Count == 0)
        {
            cost = _prepared.RunItem(SlotOf(FinishesNext));
            return true;
        }
        if (_tile.RunItem(out cost))
            Retire(_tile);
        return true;
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
        while (_scan < Rows && _nextRow[SlotOf(_scan)] == Rows)
            _scan++;
        for (long window = _scan; window < Rows && _tile.Count < _tileWindows; window++)
        {
            int slot = SlotOf(window);
            if (_nextRow[slot] < Rows)
                _tile.Add(slot, RowInput(SlotOf(_nextRow[slot])));
        }
        return _tile.Count > 0;
    }

    private bool MayPrepare() => !_prepared.IsReady && FinishesNext >= 0 && _nextRow[SlotOf(FinishesNext)] == Rows;

    private int SlotOf(long index) => (int)((ulong)index % (ulong)_window);
}
