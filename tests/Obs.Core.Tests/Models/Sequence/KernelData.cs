using System;
using NUnit.Framework;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models.Sequence;

/// <summary>A random panel with inputs and room for outputs, and the sums as a plain loop computes them.</summary>
internal sealed unsafe class KernelData
{
    private readonly int _rows;
    private readonly int _columns;
    private readonly float[] _weights;
    private readonly AlignedFloats _packed;
    private readonly AlignedFloats[] _inputs;

    public KernelData(int rows, int columns, int inputs, int seed)
    {
        Random random = new(seed);
        (_rows, _columns, Stride) = (rows, columns, AlignedFloats.WholeLines(rows) + 16);
        _weights = Draw(random, rows * columns);
        _packed = new AlignedFloats(rows * columns);
        Bias = new AlignedFloats(rows);
        Draw(random, rows).CopyTo(Bias.Span);
        _inputs = new AlignedFloats[inputs];
        for (int i = 0; i < inputs; i++)
        {
            _inputs[i] = new AlignedFloats(columns);
            Draw(random, columns).CopyTo(_inputs[i].Span);
        }
        Output = new AlignedFloats(Stride * inputs);
        Output.Span.Fill(float.NaN);
    }

    public int Stride { get; }

    public AlignedFloats Bias { get; }

    public AlignedFloats Output { get; }

    public void Point(float** inputs)
    {
        for (int i = 0; i < _inputs.Length; i++)
            inputs[i] = _inputs[i].Pointer;
    }

    /// <summary>Column by column, rows side by side: what a panel looks like in memory.</summary>
    public float* PackedWeights(int lanes)
    {
        Assert.That(_rows % lanes, Is.Zero, "a panel has whole vectors");
        for (int row = 0; row < _rows; row++)
        {
            for (int column = 0; column < _columns; column++)
                _packed.Span[(column * _rows) + row] = _weights[(row * _columns) + column];
        }
        return _packed.Pointer;
    }

    public void AssertOutputs(int inputs)
    {
        for (int input = 0; input < _inputs.Length; input++)
        {
            for (int row = 0; row < Stride; row++)
            {
                float actual = Output.Span[(input * Stride) + row];
                float expected = input < inputs && row < _rows ? Sum(row, input) : float.NaN;
                Assert.That(
                    BitConverter.SingleToUInt32Bits(actual),
                    Is.EqualTo(BitConverter.SingleToUInt32Bits(expected)),
                    $"input {input}, row {row}: {actual:R} for {expected:R}");
            }
        }
    }

    public float SumBackwards(int row, int input)
    {
        float sum = Bias.Span[row];
        for (int column = _columns - 1; column >= 0; column--)
            sum = MathF.FusedMultiplyAdd(_weights[(row * _columns) + column], _inputs[input].Span[column], sum);
        return sum;
    }

    private float Sum(int row, int input)
    {
        float sum = Bias.Span[row];
        for (int column = 0; column < _columns; column++)
            sum = MathF.FusedMultiplyAdd(_weights[(row * _columns) + column], _inputs[input].Span[column], sum);
        return sum;
    }

    private static float[] Draw(Random random, int count)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (float)(random.NextDouble() - 0.5);
        return values;
    }
}
