using System;

namespace Obs.Core.Models.Sequence;

/// <summary>Runs the whole window at every row, from the zero state: the plain way, T steps on the path of a row.</summary>
/// <remarks>No background part. Slower per row than <see cref="StaggeredSession"/> by about T, with the same bits; for checks, comparisons
/// and single windows.</remarks>
internal sealed unsafe class WindowSession : SequenceSession
{
    private readonly WindowStates _state;
    private readonly AlignedFloats _rows;
    private readonly AlignedFloats _input;
    private readonly AlignedFloats _recurrent;
    private readonly int _rowStride;
    private int _next;
    private int _count;

    /// <summary>Creates an empty session on a packed network.</summary>
    public WindowSession(SequenceNetwork network) : base(network)
    {
        _state = new WindowStates(network, slots: 1);
        _rowStride = AlignedFloats.WholeLines(Model.Features);
        _rows = new AlignedFloats(checked(_rowStride * Model.Window));
        _input = new AlignedFloats(network.PreStride);
        _recurrent = new AlignedFloats(network.PreStride);
    }

    /// <inheritdoc/>
    public override bool RunBackgroundSlice() => false;

    /// <inheritdoc/>
    protected override void Reset() => (_next, _count) = (0, 0);

    /// <inheritdoc/>
    protected override bool Advance(float* scaled, out float output)
    {
        int window = Model.Window;
        new ReadOnlySpan<float>(scaled, Model.Features).CopyTo(_rows.Span[(_next * _rowStride)..]);
        _next = _next + 1 == window ? 0 : _next + 1;
        _count = Math.Min(_count + 1, window);
        output = 0;
        if (_count < window)
            return false;
        _state.ZeroAll();
        for (int row = _next; row < window; row++)
            Step(_rows.Pointer + (row * _rowStride));
        for (int row = 0; row < _next; row++)
            Step(_rows.Pointer + (row * _rowStride));
        output = Network.Head(_state.Hidden(0, Network.LayerCount - 1));
        return true;
    }

    private void Step(float* input)
    {
        for (int layer = 0; layer < Network.LayerCount; layer++)
        {
            float* hidden = _state.Hidden(0, layer);
            Network.Multiply(Network.Inputs[layer], input, _input.Pointer);
            Network.Multiply(Network.Recurrents[layer], hidden, _recurrent.Pointer);
            Network.ApplyGates(_input.Pointer, _recurrent.Pointer, _state.Cell(0, layer), hidden);
            input = hidden;
        }
    }
}
