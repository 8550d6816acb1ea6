using System.Diagnostics;

namespace Obs.Core.Models.Sequence;

/// <summary>The network's operations for one vector width.</summary>
internal sealed unsafe class PackedNetwork<TLanes, TVector> : SequenceNetwork
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int RegistersForFour = 32;

    private readonly bool _isLstm;

    /// <summary>Packs a model.</summary>
    public PackedNetwork(SequenceModel model) : base(model, TLanes.Count) => _isLstm = model.Metadata.Kind == ModelKind.Lstm;

    /// <inheritdoc/>
    public override void Multiply(PackedMatrix matrix, float* x, float* y)
    {
        unchecked
        {
            int columns = matrix.Columns;
            float* weights = matrix.Weights;
            float* bias = matrix.Bias;
            int rows = PackedMatrix.PanelVectors * TLanes.Count;
            for (int panel = 0; panel < matrix.FullPanels; panel++)
            {
                PanelKernels<TLanes, TVector>.Four1(weights, bias, columns, x, y);
                weights += (nint)rows * columns;
                bias += rows;
                y += rows;
            }
            for (int panel = matrix.FullPanels; panel < matrix.Panels; panel++)
            {
                PanelKernels<TLanes, TVector>.One1(weights, bias, columns, x, y);
                weights += (nint)TLanes.Count * columns;
                bias += TLanes.Count;
                y += TLanes.Count;
            }
        }
    }

    /// <inheritdoc/>
    public override void MultiplyPanel(PackedMatrix matrix, int panel, float** inputs, int count, float* y)
    {
        Debug.Assert(panel >= 0 && panel < matrix.Panels, "a panel outside the matrix");
        Debug.Assert(count is > 0 and <= StepTile.WindowsMax, "more windows than a tile holds");
        nint row = (nint)matrix.FirstVector(panel) * TLanes.Count;
        float* weights = matrix.Weights + (row * matrix.Columns);
        float* bias = matrix.Bias + row;
        y += row;
        if (matrix.VectorsOf(panel) == PackedMatrix.PanelVectors)
            MultiplyFour(weights, bias, matrix.Columns, inputs, count, y);
        else
            MultiplyOne(weights, bias, matrix.Columns, inputs, count, y);
    }

    /// <inheritdoc/>
    public override void ApplyGates(float* input, float* recurrent, float* cell, float* hidden)
    {
        if (_isLstm)
            GateKernels<TLanes, TVector>.Lstm(input, recurrent, Hidden, cell, hidden);
        else
            GateKernels<TLanes, TVector>.Gru(input, recurrent, Hidden, hidden);
    }

    /// <inheritdoc/>
    public override float Head(float* hidden) =>
        GateKernels<TLanes, TVector>.Head(HeadWeights.Pointer, hidden, StateStride / GateKernels<TLanes, TVector>.HeadBlock, HeadBias);

    private void MultiplyFour(float* weights, float* bias, int columns, float** inputs, int count, float* y)
    {
        int done = 0;
        if (count == 4 && TLanes.Registers >= RegistersForFour)
        {
            PanelKernels<TLanes, TVector>.Four4(weights, bias, columns, inputs, y, PreStride);
            return;
        }
        for (; done + 2 <= count; done += 2)
        {
            float* at = y + ((nint)done * PreStride);
            PanelKernels<TLanes, TVector>.Four2(weights, bias, columns, inputs[done], inputs[done + 1], at, at + PreStride);
        }
        if (done < count)
            PanelKernels<TLanes, TVector>.Four1(weights, bias, columns, inputs[done], y + ((nint)done * PreStride));
    }

    private void MultiplyOne(float* weights, float* bias, int columns, float** inputs, int count, float* y)
    {
        if (count == 4)
        {
            PanelKernels<TLanes, TVector>.One4(weights, bias, columns, inputs, y, PreStride);
            return;
        }
        for (int i = 0; i < count; i++)
            PanelKernels<TLanes, TVector>.One1(weights, bias, columns, inputs[i], y + ((nint)i * PreStride));
    }
}
