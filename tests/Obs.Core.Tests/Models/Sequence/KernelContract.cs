using System;
using System.Runtime.Intrinsics;
using NUnit.Framework;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models.Sequence;

/// <summary>Every kernel at every width against plain loops that state the order of operations; equality is bit by bit.</summary>
internal abstract unsafe class KernelContract<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int Panel = PackedMatrix.PanelVectors;
    private const int Inputs = 4;

    private static int Lanes => TLanes.Count;

    [Test]
    public void Four_vectors_sum_in_the_order_of_the_columns([Values(1, 2, 3, 7, 64, 101)] int columns, [Values(1, 2, 4)] int inputs)
    {
        KernelData data = new(Panel * Lanes, columns, Inputs, seed: columns);
        float** x = stackalloc float*[Inputs];
        data.Point(x);
        int stride = data.Stride;
        float* y = data.Output.Pointer;
        if (inputs == 1)
            PanelKernels<TLanes, TVector>.Four1(data.PackedWeights(Lanes), data.Bias.Pointer, columns, x[0], y);
        else if (inputs == 2)
            PanelKernels<TLanes, TVector>.Four2(data.PackedWeights(Lanes), data.Bias.Pointer, columns, x[0], x[1], y, y + stride);
        else
            PanelKernels<TLanes, TVector>.Four4(data.PackedWeights(Lanes), data.Bias.Pointer, columns, x, y, stride);
        data.AssertOutputs(inputs);
    }

    [Test]
    public void One_vector_sums_in_the_order_of_the_columns([Values(1, 2, 3, 7, 64, 101)] int columns, [Values(1, 4)] int inputs)
    {
        KernelData data = new(Lanes, columns, Inputs, seed: columns);
        float** x = stackalloc float*[Inputs];
        data.Point(x);
        if (inputs == 1)
            PanelKernels<TLanes, TVector>.One1(data.PackedWeights(Lanes), data.Bias.Pointer, columns, x[0], data.Output.Pointer);
        else
            PanelKernels<TLanes, TVector>.One4(data.PackedWeights(Lanes), data.Bias.Pointer, columns, x, data.Output.Pointer, data.Stride);
        data.AssertOutputs(inputs);
    }

    [Test]
    public void Control_a_sum_in_another_order_has_other_bits()
    {
        KernelData data = new(Lanes, columns: 101, Inputs, seed: 5);
        float** x = stackalloc float*[Inputs];
        data.Point(x);
        PanelKernels<TLanes, TVector>.One1(data.PackedWeights(Lanes), data.Bias.Pointer, 101, x[0], data.Output.Pointer);
        int different = 0;
        for (int row = 0; row < Lanes; row++)
            different += data.Output.Span[row] == data.SumBackwards(row, input: 0) ? 0 : 1;
        Assert.That(different, Is.Positive, "if any order gave the same bits, the tests above would prove nothing");
    }

    [Test]
    public void The_head_adds_sixteen_sums_pairwise([Values(1, 5, 16, 17, 100, 200)] int hidden)
    {
        int padded = AlignedFloats.WholeLines(hidden);
        (AlignedFloats weights, AlignedFloats state) = (Random(padded, hidden, seed: 1), Random(padded, padded, seed: 2));
        float actual = GateKernels<TLanes, TVector>.Head(weights.Pointer, state.Pointer, padded / 16, bias: 0.25f);
        float[] sums = new float[16];
        for (int unit = 0; unit < padded; unit++)
            sums[unit % 16] = MathF.FusedMultiplyAdd(weights.Span[unit], state.Span[unit], sums[unit % 16]);
        for (int apart = 8; apart > 0; apart /= 2)
        {
            for (int i = 0; i < apart; i++)
                sums[i] += sums[i + apart];
        }
        Assert.That(BitConverter.SingleToUInt32Bits(actual), Is.EqualTo(BitConverter.SingleToUInt32Bits(sums[0] + 0.25f)));
    }

    [Test]
    public void Lstm_gates_follow_the_equations([Values(1, 4, 15, 16, 17, 100)] int hidden)
    {
        int pre = AlignedFloats.WholeLines((4 * hidden) + 16);
        (AlignedFloats input, AlignedFloats recurrent) = (Random(pre, 4 * hidden, seed: 3), Random(pre, 4 * hidden, seed: 4));
        int padded = AlignedFloats.WholeLines(hidden);
        (AlignedFloats cell, AlignedFloats output) = (Random(padded, hidden, seed: 5), new AlignedFloats(padded));
        float[] before = cell.Span.ToArray();
        GateKernels<TLanes, TVector>.Lstm(input.Pointer, recurrent.Pointer, hidden, cell.Pointer, output.Pointer);
        for (int u = 0; u < hidden; u++)
        {
            double Gate(int gate) => input.Span[(gate * hidden) + u] + (double)recurrent.Span[(gate * hidden) + u];
            double c = (Logistic(Gate(1)) * before[u]) + (Logistic(Gate(0)) * Math.Tanh(Gate(2)));
            Assert.That(cell.Span[u], Is.EqualTo(c).Within(2e-6), $"c of unit {u}");
            Assert.That(output.Span[u], Is.EqualTo(Logistic(Gate(3)) * Math.Tanh(c)).Within(2e-6), $"h of unit {u}");
        }
    }

    [Test]
    public void Gru_gates_follow_the_equations([Values(1, 4, 15, 16, 17, 100)] int hidden)
    {
        int pre = AlignedFloats.WholeLines((3 * hidden) + 16);
        (AlignedFloats input, AlignedFloats recurrent) = (Random(pre, 3 * hidden, seed: 6), Random(pre, 3 * hidden, seed: 7));
        AlignedFloats state = Random(AlignedFloats.WholeLines(hidden), hidden, seed: 8);
        float[] before = state.Span.ToArray();
        GateKernels<TLanes, TVector>.Gru(input.Pointer, recurrent.Pointer, hidden, state.Pointer);
        for (int u = 0; u < hidden; u++)
        {
            double r = Logistic(input.Span[u] + (double)recurrent.Span[u]);
            double z = Logistic(input.Span[hidden + u] + (double)recurrent.Span[hidden + u]);
            double n = Math.Tanh(input.Span[(2 * hidden) + u] + (r * recurrent.Span[(2 * hidden) + u]));
            Assert.That(state.Span[u], Is.EqualTo(((1 - z) * n) + (z * before[u])).Within(2e-6), $"h of unit {u}");
        }
    }

    [Test]
    public void Lane_operations_are_those_of_single_floats([Range(1, 3)] int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 500; round++)
        {
            (float a, float b, float c) = (Wide(random), Wide(random), Wide(random));
            (TVector va, TVector vb, TVector vc) = (TLanes.Broadcast(a), TLanes.Broadcast(b), TLanes.Broadcast(c));
            AssertLanes(TLanes.MultiplyAdd(va, vb, vc), MathF.FusedMultiplyAdd(a, b, c), $"{a:R}·{b:R}+{c:R}");
            AssertLanes(TLanes.Add(va, vb), a + b, $"{a:R}+{b:R}");
            AssertLanes(TLanes.Subtract(va, vb), a - b, $"{a:R}-{b:R}");
            AssertLanes(TLanes.Multiply(va, vb), a * b, $"{a:R}·{b:R}");
            AssertLanes(TLanes.Divide(va, vb), a / b, $"{a:R}÷{b:R}");
            AssertLanes(TLanes.Clamp(va, TLanes.Broadcast(-2f), TLanes.Broadcast(2f)), Math.Clamp(a, -2f, 2f), $"clamp {a:R}");
        }
    }

    private static void AssertLanes(TVector vector, float expected, string what)
    {
        float* lanes = stackalloc float[16];
        TLanes.Store(vector, lanes);
        for (int lane = 0; lane < Lanes; lane++)
            Assert.That(
                BitConverter.SingleToUInt32Bits(lanes[lane]),
                Is.EqualTo(BitConverter.SingleToUInt32Bits(expected)),
                $"{what}, lane {lane}");
    }

    private static float Wide(Random random) => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 6)));

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static AlignedFloats Random(int length, int used, int seed)
    {
        Random random = new(seed);
        AlignedFloats floats = new(length);
        for (int i = 0; i < used; i++)
            floats.Span[i] = (float)((random.NextDouble() - 0.5) * 4);
        return floats;
    }
}

/// <summary>The contract at 4 lanes.</summary>
internal sealed class Lanes4KernelTests : KernelContract<Lanes4, Vector128<float>>;

/// <summary>The contract at 8 lanes.</summary>
internal sealed class Lanes8KernelTests : KernelContract<Lanes8, Vector256<float>>;

/// <summary>The contract at 16 lanes; runs in software where the machine has no such vectors.</summary>
internal sealed class Lanes16KernelTests : KernelContract<Lanes16, Vector512<float>>;
