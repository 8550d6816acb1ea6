using System;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models.Sequence;

[TestFixture]
internal sealed unsafe class PackedMatrixTests
{
    [TestCase(16, 1), TestCase(64, 1), TestCase(80, 2), TestCase(400, 7)]
    public void Vectors_that_fill_no_panel_become_panels_of_one(int rows, int panels)
    {
        PackedMatrix matrix = new(new double[rows * 3], new double[rows], columns: 3, lanes: 16);
        Assert.That(matrix.Panels, Is.EqualTo(panels));
        Assert.That(Enumerable.Range(0, panels).Sum(matrix.VectorsOf), Is.EqualTo((rows + 15) / 16));
    }

    [Test]
    public void Every_weight_is_packed_once_and_the_rest_is_zero([Values(1, 5, 16, 70, 131)] int rows, [Values(4, 8, 16)] int lanes)
    {
        const int Columns = 3;
        double[] weights = [.. Enumerable.Range(1, rows * Columns).Select(i => (double)i)];
        PackedMatrix matrix = new(weights, [.. Enumerable.Range(1, rows).Select(i => (double)-i)], Columns, lanes);
        int padded = (rows + lanes - 1) / lanes * lanes;
        ReadOnlySpan<float> packed = new(matrix.Weights, padded * Columns);
        float[] sorted = packed.ToArray();
        Array.Sort(sorted);
        Assert.That(sorted[..((padded - rows) * Columns)], Is.All.Zero);
        Assert.That(sorted[((padded - rows) * Columns)..], Is.EqualTo(weights.Select(weight => (float)weight)));
        Assert.That(
            new ReadOnlySpan<float>(matrix.Bias, padded)[..rows].ToArray(),
            Is.EqualTo(Enumerable.Range(1, rows).Select(i => (float)-i)));
        Assert.That((long)matrix.Weights % 64, Is.Zero, "weights start on a cache line");
        GC.KeepAlive(matrix);
    }

    [Test]
    public void Aligned_floats_are_zero_aligned_and_of_the_asked_length([Values(0, 1, 16, 1000)] int length)
    {
        AlignedFloats floats = new(length);
        Assert.That(floats.Span.Length, Is.EqualTo(length));
        Assert.That(floats.Span.ToArray(), Is.All.Zero);
        Assert.That((long)floats.Pointer % 64, Is.Zero);
        Assert.That(AlignedFloats.WholeLines(length) % 16, Is.Zero);
    }
}
