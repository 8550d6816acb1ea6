using System;
using System.Diagnostics;

namespace Obs.Core.Models.Sequence;

/// <summary>A weight matrix and its bias, laid out for kernels that keep running sums of many rows in registers.</summary>
/// <remarks>
/// Rows are cut into vectors of the width's lanes, vectors into panels of <see cref="PanelVectors"/>; what does not fill a panel becomes
/// panels of one vector.
/// Within a panel: column by column, the panel's vectors side by side, so a kernel reads it once from front to back. A last vector is
/// filled with zero rows.
/// Each row's sum runs over the columns in order whatever the panel, so its bits don't depend on this layout. Immutable after creation.
/// </remarks>
internal sealed unsafe class PackedMatrix
{
    /// <summary>Vectors of a full panel.</summary>
    public const int PanelVectors = 4;

    private readonly AlignedFloats _weights;
    private readonly AlignedFloats _bias;

    /// <summary>Packs a row-major matrix and its bias, rounding to float.</summary>
    public PackedMatrix(double[] weights, double[] bias, int columns, int lanes)
    {
        Debug.Assert(weights.Length == bias.Length * columns, "the matrix has one row per bias");
        Columns = columns;
        int vectors = (bias.Length + lanes - 1) / lanes;
        FullPanels = vectors / PanelVectors;
        Panels = FullPanels + (vectors % PanelVectors);
        _weights = new AlignedFloats(checked(vectors * lanes * columns));
        _bias = new AlignedFloats(vectors * lanes);
        Span<float> packed = _weights.Span;
        for (int row = 0; row < bias.Length; row++)
        {
            _bias.Span[row] = (float)bias[row];
            for (int column = 0; column < columns; column++)
                packed[PositionOf(row, column, lanes)] = (float)weights[(row * columns) + column];
        }
    }

    /// <summary>Inputs of the product.</summary>
    public int Columns { get; }

    /// <summary>Panels of four vectors; they come first.</summary>
    public int FullPanels { get; }

    /// <summary>All panels.</summary>
    public int Panels { get; }

    /// <summary>First weight.</summary>
    public float* Weights => _weights.Pointer;

    /// <summary>Bias of the first row; padded with zeros to whole vectors.</summary>
    public float* Bias => _bias.Pointer;

    /// <summary>Vectors of a panel.</summary>
    public int VectorsOf(int panel) => panel < FullPanels ? PanelVectors : 1;

    /// <summary>Index of a panel's first vector, counted over the whole matrix.</summary>
    public int FirstVector(int panel) => panel < FullPanels ? panel * PanelVectors : (FullPanels * PanelVectors) + panel - FullPanels;

    private int PositionOf(int row, int column, int lanes)
    {
        int vector = row / lanes;
        int panel = vector < FullPanels * PanelVectors ? vector / PanelVectors : vector - (FullPanels * (PanelVectors - 1));
        int first = FirstVector(panel);
        return (first * lanes * Columns) + (((column * VectorsOf(panel)) + vector - first) * lanes) + (row % lanes);
    }
}
