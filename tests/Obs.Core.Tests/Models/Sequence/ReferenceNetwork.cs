using System;
using System.Collections.Generic;
using System.Diagnostics;
using Obs.Core.Models;

namespace Obs.Core.Tests.Models.Sequence;

/// <summary>The same networks in plain double arithmetic: slow, short, and what every fast session is compared with.</summary>
/// <remarks>Equations as PyTorch documents LSTM and GRU. Allocates per call; never on a hot path.</remarks>
internal sealed class ReferenceNetwork
{
    private readonly SequenceModel _model;

    /// <summary>Wraps a model.</summary>
    public ReferenceNetwork(SequenceModel model) => _model = model;

    /// <summary>Prediction for one window of raw rows (T × F values, oldest row first), in the model's own unit.</summary>
    public double Predict(ReadOnlySpan<double> window)
    {
        int features = _model.Features;
        Debug.Assert(window.Length == features * _model.Window, "a window has T rows");
        List<double[]> sequence = [];
        for (int row = 0; row < _model.Window; row++)
        {
            double[] scaled = new double[features];
            for (int i = 0; i < features; i++)
                scaled[i] = Math.Clamp(_model.Metadata.Scaler.Scale(i, window[(row * features) + i]), -RobustScaler.Saturation, RobustScaler.Saturation);
            sequence.Add(scaled);
        }
        foreach (LayerWeights layer in _model.Layers)
            sequence = _model.Metadata.Kind == ModelKind.Lstm ? RunLstm(layer, sequence) : RunGru(layer, sequence);
        double output = _model.HeadBias;
        double[] last = sequence[^1];
        for (int unit = 0; unit < last.Length; unit++)
            output += _model.HeadWeights[unit] * last[unit];
        return _model.Metadata.Target.Unscale(output);
    }

    private List<double[]> RunLstm(LayerWeights layer, List<double[]> inputs)
    {
        int units = _model.Hidden;
        double[] cell = new double[units];
        double[] hidden = new double[units];
        List<double[]> outputs = [];
        foreach (double[] x in inputs)
        {
            double[] input = Affine(layer.InputWeights, layer.InputBias, x);
            double[] recurrent = Affine(layer.RecurrentWeights, layer.RecurrentBias, hidden);
            hidden = new double[units];
            for (int u = 0; u < units; u++)
            {
                double i = Logistic(input[u] + recurrent[u]);
                double f = Logistic(input[units + u] + recurrent[units + u]);
                double g = Math.Tanh(input[(2 * units) + u] + recurrent[(2 * units) + u]);
                double o = Logistic(input[(3 * units) + u] + recurrent[(3 * units) + u]);
                cell[u] = (f * cell[u]) + (i * g);
                hidden[u] = o * Math.Tanh(cell[u]);
            }
            outputs.Add(hidden);
        }
        return outputs;
    }

    private List<double[]> RunGru(LayerWeights layer, List<double[]> inputs)
    {
        int units = _model.Hidden;
        double[] hidden = new double[units];
        List<double[]> outputs = [];
        foreach (double[] x in inputs)
        {
            double[] input = Affine(layer.InputWeights, layer.InputBias, x);
            double[] recurrent = Affine(layer.RecurrentWeights, layer.RecurrentBias, hidden);
            double[] next = new double[units];
            for (int u = 0; u < units; u++)
            {
                double r = Logistic(input[u] + recurrent[u]);
                double z = Logistic(input[units + u] + recurrent[units + u]);
                double n = Math.Tanh(input[(2 * units) + u] + (r * recurrent[(2 * units) + u]));
                next[u] = ((1 - z) * n) + (z * hidden[u]);
            }
            hidden = next;
            outputs.Add(hidden);
        }
        return outputs;
    }

    private static double[] Affine(double[] weights, double[] bias, double[] x)
    {
        double[] y = new double[bias.Length];
        for (int row = 0; row < y.Length; row++)
        {
            double sum = bias[row];
            for (int column = 0; column < x.Length; column++)
                sum += weights[(row * x.Length) + column] * x[column];
            y[row] = sum;
        }
        return y;
    }

    private static double Logistic(double x) => 1.0 / (1.0 + Math.Exp(-x));
}
