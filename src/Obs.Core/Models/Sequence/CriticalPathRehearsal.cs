using System;
using System.Diagnostics;

namespace Obs.Core.Models.Sequence;

/// <summary>Keeps the critical path of a <see cref="WindowsInFlight"/> in the caches while nothing happens: now and then one layer of it is computed from
/// copies, and the result is thrown away.</summary>
/// <remarks>Touches no state that a prediction depends on. A turn is one layer, so a row that comes meanwhile waits less than for a background slice.</remarks>
internal sealed unsafe class CriticalPathRehearsal
{
    private const int CallsPerTurn = 64;

    private readonly SequenceNetwork _network;
    private readonly AlignedFloats _row;
    private readonly AlignedFloats _input;
    private readonly WindowStates _copy;
    private int _calls;
    private int _layer;

    /// <summary>Creates it with buffers of its own.</summary>
    public CriticalPathRehearsal(SequenceNetwork network)
    {
        _network = network;
        _row = new AlignedFloats(AlignedFloats.WholeLines(network.Model.Features));
        _input = new AlignedFloats(network.PreStride);
        _copy = new WindowStates(network, 1);
    }

    /// <summary>The last value of the head; never used, but the work on it must not be optimised away.</summary>
    public float Discarded { get; private set; }

    /// <summary>There is nothing else to do. Every 64th call takes a turn.</summary>
    /// <param name="states">The session's windows.</param>
    /// <param name="slot">The window that the next row finishes.</param>
    /// <param name="prepared">Its recurrent halves, ready.</param>
    public void OnIdle(WindowStates states, int slot, PreparedHalves prepared)
    {
        if (++_calls < CallsPerTurn)
            return;
        _calls = 0;
        int layer = _layer;
        Debug.Assert(layer < _network.LayerCount, "a turn is one layer");
        _network.Multiply(_network.Inputs[layer], layer == 0 ? _row.Pointer : _copy.Hidden(0, layer - 1), _input.Pointer);
        new ReadOnlySpan<float>(states.Cell(slot, layer), _network.StateStride).CopyTo(new Span<float>(_copy.Cell(0, layer), _network.StateStride));
        _network.ApplyGates(_input.Pointer, prepared.Half(layer), _copy.Cell(0, layer), _copy.Hidden(0, layer));
        _layer = layer + 1 == _network.LayerCount ? 0 : layer + 1;
        if (_layer == 0)
            Discarded = _network.Head(_copy.Hidden(0, layer));
    }
}
