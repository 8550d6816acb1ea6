using System;
using System.Diagnostics;

namespace Obs.Core.Models.Sequence;

/// <summary>One step of up to four windows through all layers, in items small enough to be done between two looks at the ring.</summary>
/// <remarks>Weights are read once for all windows of the tile. The windows may stand at different rows. A tile keeps its own place, so a
/// row may come in between.</remarks>
internal sealed unsafe class StepTile
{
    /// <summary>Most windows of a tile.</summary>
    public const int WindowsMax = 4;

    private readonly SequenceNetwork _network;
    private readonly WindowStates _states;
    private readonly AlignedFloats _recurrent;
    private readonly AlignedFloats _input;
    private readonly int[] _slots = new int[WindowsMax];
    private readonly nint[] _rows = new nint[WindowsMax];
    private Phase _phase;
    private int _layer;
    private int _item;

    /// <summary>Creates an idle tile.</summary>
    public StepTile(SequenceNetwork network, WindowStates states)
    {
        (_network, _states) = (network, states);
        _recurrent = new AlignedFloats(WindowsMax * network.PreStride);
        _input = new AlignedFloats(WindowsMax * network.PreStride);
    }

    private enum Phase
    {
        /// <summary>Recurrent half of a layer, from the hidden state before this step.</summary>
        Recurrent = 0,

        /// <summary>Input half of an upper layer, from the hidden state below after this step.</summary>
        Input = 1,

        /// <summary>Gates of a layer, window by window.</summary>
        Gates = 2,
    }

    /// <summary>Windows in the tile; 0 when idle.</summary>
    public int Count { get; private set; }

    /// <summary>Empties the tile, dropping a step under way.</summary>
    public void Clear() => (Count, _phase, _layer, _item) = (0, Phase.Recurrent, 0, 0);

    /// <summary>Adds a window before the first item runs.</summary>
    /// <param name="slot">Slot of its state.</param>
    /// <param name="rowInput">Input half of the first layer for the row that it takes, kept alive and unchanged until the step is
    /// done.</param>
    public void Add(int slot, float* rowInput)
    {
        Debug.Assert(Count < WindowsMax, "the tile is full");
        Debug.Assert(_phase == Phase.Recurrent && _layer == 0 && _item == 0, "the step has begun");
        _slots[Count] = slot;
        _rows[Count] = (nint)rowInput;
        Count++;
    }

    /// <summary>True when a window is in the tile.</summary>
    public bool Holds(int slot) => _slots.AsSpan(0, Count).Contains(slot);

    /// <summary>The slot of a window in the tile.</summary>
    public int Slot(int index) => _slots[index];

    /// <summary>Runs the next item and returns its cost; true when it was the step's last.</summary>
    public bool RunItem(out int cost)
    {
        Debug.Assert(Count > 0, "an idle tile has no items");
        switch (_phase)
        {
            case Phase.Recurrent:
                cost = RunPanel(_network.Recurrents[_layer], _layer, _recurrent, _layer == 0 ? Phase.Gates : Phase.Input);
                return false;
            case Phase.Input:
                cost = RunPanel(_network.Inputs[_layer], _layer - 1, _input, Phase.Gates);
                return false;
            default:
                cost = WorkCost.Gates(_network.Hidden, _network.Lanes);
                return RunGates();
        }
    }

    private int RunPanel(PackedMatrix matrix, int sourceLayer, AlignedFloats target, Phase after)
    {
        float** inputs = stackalloc float*[WindowsMax];
        for (int i = 0; i < Count; i++)
            inputs[i] = _states.Hidden(_slots[i], sourceLayer);
        _network.MultiplyPanel(matrix, _item, inputs, Count, target.Pointer);
        int cost = WorkCost.Panel(matrix.VectorsOf(_item), matrix.Columns, Count);
        if (++_item == matrix.Panels)
            (_phase, _item) = (after, 0);
        return cost;
    }

    private bool RunGates()
    {
        int slot = _slots[_item];
        int at = _item * _network.PreStride;
        float* input = _layer == 0 ? (float*)_rows[_item] : _input.Pointer + at;
        _network.ApplyGates(input, _recurrent.Pointer + at, _states.Cell(slot, _layer), _states.Hidden(slot, _layer));
        if (++_item < Count)
            return false;
        (_phase, _item) = (Phase.Recurrent, 0);
        if (++_layer < _network.LayerCount)
            return false;
        _layer = 0;
        return true;
    }
}
