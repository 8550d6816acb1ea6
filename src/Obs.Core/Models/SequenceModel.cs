using System.Collections.Generic;
using System.Diagnostics;

namespace Obs.Core.Models;

/// <summary>A checked recurrent model: metadata, layers and the linear head on the last step.</summary>
/// <remarks>Immutable; shared by every session that runs it. Values are double: exact for F32 files, kept whole for F64 ones.</remarks>
internal sealed record SequenceModel
{
    /// <summary>Creates a model; shapes agree with each other (the file's check).</summary>
    public SequenceModel(ModelMetadata metadata, string name, int hidden, IReadOnlyList<LayerWeights> layers, double[] headWeights, double headBias)
    {
        Debug.Assert(headWeights.Length == hidden, "the head reads the last layer's units");
        Debug.Assert(layers.Count > 0 && layers[0].Inputs == metadata.Features.Count, "the first layer reads the features");
        (Metadata, Name, Hidden, Layers, HeadWeights, HeadBias) = (metadata, name, hidden, layers, headWeights, headBias);
    }

    /// <summary>What the model says about itself.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>File the model came from, for messages.</summary>
    public string Name { get; }

    /// <summary>H: units of every layer.</summary>
    public int Hidden { get; }

    /// <summary>Layers from the features up.</summary>
    public IReadOnlyList<LayerWeights> Layers { get; }

    /// <summary><c>fc.weight</c>.</summary>
    public double[] HeadWeights { get; }

    /// <summary><c>fc.bias</c>.</summary>
    public double HeadBias { get; }

    /// <summary>F: features of a row.</summary>
    public int Features => Metadata.Features.Count;

    /// <summary>T: rows of a window.</summary>
    public int Window => Metadata.Window;

    /// <summary>Rows of a weight matrix per unit: 4 for LSTM, 3 for GRU.</summary>
    public int Gates => GatesOf(Metadata.Kind);

    /// <summary>Rows of a weight matrix per unit for a kind.</summary>
    public static int GatesOf(ModelKind kind) => kind == ModelKind.Lstm ? 4 : 3;
}
