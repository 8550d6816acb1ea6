using System.Diagnostics;

namespace Obs.Core.Models;

/// <summary>One recurrent layer's parameters in PyTorch's layout, row-major, gates one after another.</summary>
internal sealed record LayerWeights
{
    /// <summary>Creates a layer; lengths follow from gates × hidden units.</summary>
    public LayerWeights(int inputs, double[] inputWeights, double[] recurrentWeights, double[] inputBias, double[] recurrentBias)
    {
        Debug.Assert(inputs > 0, "a layer without inputs");
        Debug.Assert(inputWeights.Length == inputBias.Length * inputs, "input weights are (gates × units) × inputs");
        Debug.Assert(inputBias.Length == recurrentBias.Length, "both biases have a value per gate and unit");
        (Inputs, InputWeights, RecurrentWeights, InputBias, RecurrentBias) = (inputs, inputWeights, recurrentWeights, inputBias, recurrentBias);
    }

    /// <summary>Columns of the input weights: features, or the hidden units of the layer below.</summary>
    public int Inputs { get; }

    /// <summary><c>weight_ih</c>.</summary>
    public double[] InputWeights { get; }

    /// <summary><c>weight_hh</c>.</summary>
    public double[] RecurrentWeights { get; }

    /// <summary><c>bias_ih</c>.</summary>
    public double[] InputBias { get; }

    /// <summary><c>bias_hh</c>.</summary>
    public double[] RecurrentBias { get; }
}
