using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Models;

namespace Obs.Bench.Suites.Prediction;

/// <summary>Baseline: loops over floats and MathF, the whole window at every row, as a first version is usually written.</summary>
internal sealed class ScalarLstm
{
    private readonly SequenceModel _model;
    private readonly List<(float[] Input, float[] Recurrent, float[] Bias)> _layers;
    private readonly float[] _head;
    private readonly float[][] _hidden;
    private readonly float[][] _cell;
    private readonly float[] _gates;
    private readonly float[][] _ring;
    private int _next;

    /// <summary>Copies the weights to float.</summary>
    public ScalarLstm(SequenceModel model)
    {
        _model = model;
        _layers = [.. model.Layers.Select(layer => (Floats(layer.InputWeights), Floats(layer.RecurrentWeights), Bias(layer)))];
        _head = Floats(model.HeadWeights);
        _hidden = [.. model.Layers.Select(_ => new float[model.Hidden])];
        _cell = [.. model.Layers.Select(_ => new float[model.Hidden])];
        _gates = new float[4 * model.Hidden];
        _ring = [.. Enumerable.Range(0, model.Window).Select(_ => new float[model.Features])];
    }

    /// <summary>Takes a row and runs the window that ends with it.</summary>
    public double OnRow(double[] row)
    {
        for (int i = 0; i < row.Length; i++)
            _ring[_next][i] = (float)_model.Metadata.Scaler.Scale(i, row[i]);
        _next = (_next + 1) % _model.Window;
        for (int layer = 0; layer < _layers.Count; layer++)
        {
            Array.Clear(_hidden[layer]);
            Array.Clear(_cell[layer]);
        }
        for (int step = 0; step < _model.Window; step++)
            Step(_ring[(_next + step) % _model.Window]);
        float output = (float)_model.HeadBias;
        for (int unit = 0; unit < _head.Length; unit++)
            output += _head[unit] * _hidden[^1][unit];
        return _model.Metadata.Target.Unscale(output);
    }

    private void Step(float[] x)
    {
        for (int layer = 0; layer < _layers.Count; layer++)
        {
            (float[] input, float[] recurrent, float[] bias) = _layers[layer];
            float[] hidden = _hidden[layer];
            for (int row = 0; row < _gates.Length; row++)
                _gates[row] = bias[row] + Dot(input, row, x) + Dot(recurrent, row, hidden);
            int units = hidden.Length;
            for (int u = 0; u < units; u++)
            {
                float i = Logistic(_gates[u]), f = Logistic(_gates[units + u]), o = Logistic(_gates[(3 * units) + u]);
                float g = MathF.Tanh(_gates[(2 * units) + u]);
                _cell[layer][u] = (f * _cell[layer][u]) + (i * g);
                hidden[u] = o * MathF.Tanh(_cell[layer][u]);
            }
            x = hidden;
        }
    }

    private static float Dot(float[] matrix, int row, float[] x)
    {
        float sum = 0;
        int start = row * x.Length;
        for (int i = 0; i < x.Length; i++)
            sum += matrix[start + i] * x[i];
        return sum;
    }

    private static float[] Bias(LayerWeights layer) => [.. layer.InputBias.Zip(layer.RecurrentBias, (a, b) => (float)(a + b))];

    private static float Logistic(float x) => 1f / (1f + MathF.Exp(-x));

    private static float[] Floats(double[] values) => [.. values.Select(value => (float)value)];
}
