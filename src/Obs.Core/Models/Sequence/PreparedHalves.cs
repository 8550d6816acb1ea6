using System.Diagnostics;

namespace Obs.Core.Models.Sequence;

/// <summary>The recurrent halves W_hh·h + b_hh of every layer for the window that the next row finishes, worked out panel by panel before
/// that row comes.</summary>
internal sealed unsafe class PreparedHalves
{
    private readonly SequenceNetwork _network;
    private readonly WindowStates _states;
    private readonly AlignedFloats _halves;
    private int _layer;
    private int _panel;

    /// <summary>Creates it with nothing prepared.</summary>
    public PreparedHalves(SequenceNetwork network, WindowStates states)
    {
        (_network, _states) = (network, states);
        _halves = new AlignedFloats(network.LayerCount * network.PreStride);
    }

    /// <summary>True when all halves are there.</summary>
    public bool IsReady => _layer == _network.LayerCount;

    /// <summary>A layer's half; good once ready.</summary>
    public float* Half(int layer)
    {
        Debug.Assert(IsReady, "halves read before they were ready");
        return _halves.Pointer + (layer * _network.PreStride);
    }

    /// <summary>Starts again, for another window.</summary>
    public void Clear() => (_layer, _panel) = (0, 0);

    /// <summary>Works out the next panel of a window's halves and returns the cost.</summary>
    public int RunItem(int slot)
    {
        Debug.Assert(!IsReady, "nothing left to prepare");
        PackedMatrix matrix = _network.Recurrents[_layer];
        float* source = _states.Hidden(slot, _layer);
        _network.MultiplyPanel(matrix, _panel, &source, 1, _halves.Pointer + (_layer * _network.PreStride));
        int cost = WorkCost.Panel(matrix.VectorsOf(_panel), matrix.Columns, windows: 1);
        if (++_panel == matrix.Panels)
            (_layer, _panel) = (_layer + 1, 0);
        return cost;
    }
}
