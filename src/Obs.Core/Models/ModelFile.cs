using System;
using System.Collections.Generic;
using System.Globalization;

namespace Obs.Core.Models;

/// <summary>Turns a model file (models/README.md) into a checked model.</summary>
/// <remarks>Parameter names are PyTorch's: <c>lstm.weight_ih_l0</c> …, <c>gru.*</c>, <c>fc.weight</c>, <c>fc.bias</c>. A tensor that is not
/// used is an error: a bidirectional or projected network would otherwise run as something else.</remarks>
internal static class ModelFile
{
    private const int LayersMax = 8;
    private const int HiddenMax = 4096;

    /// <summary>Loads a model.</summary>
    /// <exception cref="ModelException">The file cannot be used; the message says why and what to do.</exception>
    public static SequenceModel Load(string path) => Read(SafetensorsFile.Load(path));

    /// <summary>Builds a model from an open file.</summary>
    /// <exception cref="ModelException">The file cannot be used; the message says why and what to do.</exception>
    public static SequenceModel Read(SafetensorsFile file)
    {
        ModelMetadata metadata = ModelMetadataReader.Read(file);
        string prefix = metadata.Kind == ModelKind.Lstm ? "lstm" : "gru";
        int hidden = Hidden(file, prefix);
        List<LayerWeights> layers = [];
        while (layers.Count == 0 || file.Tensors.ContainsKey(Parameter(prefix, "weight_ih", layers.Count)))
        {
            if (layers.Count == LayersMax)
                Throw.Model(file.Name, $"the network has more than {LayersMax} layers; this build runs up to {LayersMax}.");
            layers.Add(Layer(file, metadata, prefix, hidden, layers.Count));
        }
        double[] headWeights = file.Read("fc.weight", $"one output of {hidden} hidden units", 1, hidden);
        double[] headBias = file.Read("fc.bias", "one output", 1);
        RefuseUnused(file, prefix, layers.Count);
        return new SequenceModel(metadata, file.Name, hidden, layers, headWeights, headBias[0]);
    }

    private static int Hidden(SafetensorsFile file, string prefix)
    {
        string name = Parameter(prefix, "weight_hh", 0);
        if (!file.Tensors.TryGetValue(name, out SafetensorEntry? entry))
        {
            Throw.Model(
                file.Name,
                $"tensor {name} is missing; obs.kind {prefix} needs {prefix}.weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, fc.weight, fc.bias.");
            return 0;
        }
        long hidden = entry.Shape.Count == 2 ? entry.Shape[1] : 0;
        if (hidden is < 1 or > HiddenMax)
            Throw.Model(file.Name, $"tensor {name} has shape {entry.ShapeText}; expected gates × H rows and H columns, H from 1 to {HiddenMax}.");
        return (int)hidden;
    }

    private static LayerWeights Layer(SafetensorsFile file, ModelMetadata metadata, string prefix, int hidden, int layer)
    {
        int inputs = layer == 0 ? metadata.Features.Count : hidden;
        int rows = SequenceModel.GatesOf(metadata.Kind) * hidden;
        string why = layer == 0
            ? $"{hidden} hidden units, {inputs} features in obs.features"
            : $"{hidden} hidden units";
        return new LayerWeights(
            inputs,
            file.Read(Parameter(prefix, "weight_ih", layer), why, rows, inputs),
            file.Read(Parameter(prefix, "weight_hh", layer), why, rows, hidden),
            file.Read(Parameter(prefix, "bias_ih", layer), why, rows),
            file.Read(Parameter(prefix, "bias_hh", layer), why, rows));
    }

    private static void RefuseUnused(SafetensorsFile file, string prefix, int layers)
    {
        HashSet<string> used = new(StringComparer.Ordinal) { "fc.weight", "fc.bias" };
        for (int layer = 0; layer < layers; layer++)
        {
            foreach (string parameter in (string[])["weight_ih", "weight_hh", "bias_ih", "bias_hh"])
                used.Add(Parameter(prefix, parameter, layer));
        }
        foreach (string tensor in file.Tensors.Keys)
        {
            if (!used.Contains(tensor))
            {
                Throw.Model(
                    file.Name,
                    $"tensor {tensor} is not part of a {layers}-layer {prefix} with a linear head; remove it, or use a build that runs such a network.");
            }
        }
    }

    private static string Parameter(string prefix, string parameter, int layer) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}.{parameter}_l{layer}");
}
