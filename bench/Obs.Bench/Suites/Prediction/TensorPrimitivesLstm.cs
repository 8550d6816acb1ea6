using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics.Tensors;
using Obs.Core.Models;

namespace Obs.Bench.Suites.Prediction;

/// <summary>Baseline: the LSTM that a C# user writes with System.Numerics.Tensors, column by column, the whole window at every
/// row.</summary>
/// <remarks>The column form (add a scaled column per input) is its fastest: dot products by row are short and slow.</remarks>
internal sealed class TensorPrimitivesLstm
{
    private readonly SequenceModel _model;
    private readonly List<(float[][] Input, float[][] Recurrent, float[] Bias)> _layers = [];
    private readonly float[] _head;
    private readonly float[][] _hidden;
    private readonly float[][] _cell;
    private readonly float[] _gates;
    private readonly float[] _scratch;
    private readonly float[][] _ring;
    private int _next;

    /// <summary>Prepares the columns.</summary>
    public TensorPrimitivesLstm(SequenceModel model)
    {
        _model = model;
        int rows = 4 * model.Hidden;
        foreach (LayerWeights layer in model.Layers)
        {
            float[] bias = [.. layer.InputBias.Zip(layer.RecurrentBias, (a, b) => (float)(a + b))];
            _layers.Add((Columns(layer.InputWeights, rows), Columns(layer.RecurrentWeights, rows), bias));
        }
        _head = [.. model.HeadWeights.Select(weight => (float)weight)];
        _hidden = [.. model.Layers.Select(_ => new float[model.Hidden])];
        _cell = [.. model.Layers.Select(_ => new float[model.Hidden])];
        _gates = new float[rows];
        _scratch = new float[model.Hidden];
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
        return _model.Metadata.Target.Unscale(TensorPrimitives.Dot(_head, _hidden[^1]) + (float)_model.HeadBias);
    }

    private void Step(float[] x)
    {
        for (int layer = 0; layer < _layers.Count; layer++)
        {
            (float[][] input, float[][] recurrent, float[] bias) = _layers[layer];
            bias.CopyTo(_gates, 0);
            for (int k = 0; k < x.Length; k++)
                TensorPrimitives.MultiplyAdd(input[k], x[k], _gates, _gates);
            float[] hidden = _hidden[layer];
            for (int k = 0; k < hidden.Length; k++)
                TensorPrimitives.MultiplyAdd(recurrent[k], hidden[k], _gates, _gates);
            Gates(_cell[layer], hidden);
            x = hidden;
        }
    }

    private void Gates(float[] cell, float[] hidden)
    {
        int units = hidden.Length;
        Span<float> i = _gates.AsSpan(0, units), f = _gates.AsSpan(units, units), g = _gates.AsSpan(2 * units, units), o = _gates.AsSpan(3 * units, units);
        TensorPrimitives.Sigmoid(_gates.AsSpan(0, 2 * units), _gates.AsSpan(0, 2 * units));
        TensorPrimitives.Tanh(g, g);
        TensorPrimitives.Sigmoid(o, o);
        TensorPrimitives.Multiply(i, g, _scratch);
        TensorPrimitives.MultiplyAdd(f, cell, _scratch, cell);
        TensorPrimitives.Tanh(cell, hidden);
        TensorPrimitives.Multiply(o, hidden, hidden);
    }

    private static float[][] Columns(double[] weights, int rows)
    {
        int columns = weights.Length / rows;
        return [.. Enumerable.Range(0, columns).Select(column => Enumerable.Range(0, rows).Select(row => (float)weights[(row * columns) + column]).ToArray())];
    }
}
