using System.Diagnostics;

namespace Obs.Core.Models.Sequence;

/// <summary>Hidden and cell states of the windows in flight, by slot and layer.</summary>
internal sealed unsafe class WindowStates
{
    private readonly AlignedFloats _floats;
    private readonly int _stride;
    private readonly int _layers;

    /// <summary>Creates a number of zero states.</summary>
    public WindowStates(SequenceNetwork network, int slots)
    {
        (_stride, _layers, Slots) = (network.StateStride, network.LayerCount, slots);
        _floats = new AlignedFloats(checked(2 * _stride * _layers * slots));
    }

    /// <summary>Number of states.</summary>
    public int Slots { get; }

    /// <summary>h of a layer.</summary>
    public float* Hidden(int slot, int layer)
    {
        Debug.Assert(slot >= 0 && slot < Slots && layer >= 0 && layer < _layers, "a state that does not exist");
        return _floats.Pointer + (2 * _stride * ((slot * _layers) + layer));
    }

    /// <summary>c of a layer; unused by a GRU.</summary>
    public float* Cell(int slot, int layer) => Hidden(slot, layer) + _stride;

    /// <summary>Back to the zero state that every window starts from.</summary>
    public void Zero(int slot)
    {
        int length = 2 * _stride * _layers;
        _floats.Span.Slice(slot * length, length).Clear();
    }

    /// <summary>All of them back to zero.</summary>
    public void ZeroAll() => _floats.Span.Clear();
}
