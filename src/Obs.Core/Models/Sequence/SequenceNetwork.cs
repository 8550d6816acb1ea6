using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace Obs.Core.Models.Sequence;

/// <summary>A model's weights packed for this machine, and the operations a session is made of. Immutable; sessions of several markets may
/// share one.</summary>
/// <remarks>One virtual call is a panel or a state's gates, some hundred nanoseconds of work. Any thread; no allocation after
/// creation.</remarks>
internal abstract unsafe class SequenceNetwork
{
    /// <summary>Packs a model.</summary>
    protected SequenceNetwork(SequenceModel model, int lanes)
    {
        Debug.Assert(lanes is 4 or 8 or 16, "a width without kernels");
        Model = model;
        Lanes = lanes;
        Hidden = model.Hidden;
        LayerCount = model.Layers.Count;
        PreStride = AlignedFloats.WholeLines((model.Gates * Hidden) + (int)VectorWidth.Lanes16);
        StateStride = AlignedFloats.WholeLines(Hidden);
        Inputs = new PackedMatrix[LayerCount];
        Recurrents = new PackedMatrix[LayerCount];
        for (int layer = 0; layer < LayerCount; layer++)
        {
            LayerWeights weights = model.Layers[layer];
            Inputs[layer] = new PackedMatrix(weights.InputWeights, weights.InputBias, weights.Inputs, lanes);
            Recurrents[layer] = new PackedMatrix(weights.RecurrentWeights, weights.RecurrentBias, Hidden, lanes);
        }
        HeadWeights = new AlignedFloats(StateStride);
        for (int unit = 0; unit < Hidden; unit++)
            HeadWeights.Span[unit] = (float)model.HeadWeights[unit];
        HeadBias = (float)model.HeadBias;
    }

    /// <summary>The model whose weights these are.</summary>
    public SequenceModel Model { get; }

    /// <summary>Floats of a vector.</summary>
    public int Lanes { get; }

    /// <summary>H.</summary>
    public int Hidden { get; }

    /// <summary>Layers.</summary>
    public int LayerCount { get; }

    /// <summary>Floats from one state's pre-activations to the next one's.</summary>
    public int PreStride { get; }

    /// <summary>Floats of a hidden or cell state, padded.</summary>
    public int StateStride { get; }

    /// <summary>Input halves by layer: W_ih and b_ih.</summary>
    public PackedMatrix[] Inputs { get; }

    /// <summary>Recurrent halves by layer: W_hh and b_hh.</summary>
    public PackedMatrix[] Recurrents { get; }

    /// <summary>Head weights, zero behind the last unit.</summary>
    protected AlignedFloats HeadWeights { get; }

    /// <summary>Head bias.</summary>
    protected float HeadBias { get; }

    /// <summary>Packs a model for a width; every width runs on every machine, wider ones than the hardware's slowly.</summary>
    public static SequenceNetwork Create(SequenceModel model, VectorWidth width = VectorWidth.Widest) => width switch
    {
        VectorWidth.Lanes4 => new PackedNetwork<Lanes4, Vector128<float>>(model),
        VectorWidth.Lanes8 => new PackedNetwork<Lanes8, Vector256<float>>(model),
        VectorWidth.Lanes16 => new PackedNetwork<Lanes16, Vector512<float>>(model),
        _ => Create(model, Vector512.IsHardwareAccelerated ? VectorWidth.Lanes16
            : Vector256.IsHardwareAccelerated ? VectorWidth.Lanes8 : VectorWidth.Lanes4),
    };

    /// <summary>All rows of one product: y = W·x + bias.</summary>
    public abstract void Multiply(PackedMatrix matrix, float* x, float* y);

    /// <summary>One panel's rows for one to four inputs; result i begins at <paramref name="y"/> + i × <see cref="PreStride"/>.</summary>
    public abstract void MultiplyPanel(PackedMatrix matrix, int panel, float** inputs, int count, float* y);

    /// <summary>Gates and new state of one layer; a GRU has no cell and ignores it.</summary>
    public abstract void ApplyGates(float* input, float* recurrent, float* cell, float* hidden);

    /// <summary>The head's output for a last hidden state, before target scaling.</summary>
    public abstract float Head(float* hidden);
}
