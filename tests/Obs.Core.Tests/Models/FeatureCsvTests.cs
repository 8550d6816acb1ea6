using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using Obs.Core.Models;

namespace Obs.Core.Tests.Models;

[TestFixture]
internal sealed class FeatureCsvTests
{
    private static readonly SequenceModel Model = ModelFixture.Model(features: 2);

    [TestCase("f0,f1\n1,2\n3,4", TestName = "No line end at the end")]
    [TestCase("f0,f1\r\n1,2\r\n3,4\r\n", TestName = "Windows line ends")]
    [TestCase("\uFEFFf0,f1\n1,2\n3,4\n", TestName = "A byte order mark")]
    [TestCase(" f0 , f1 \n 1 , 2 \n3,4\n", TestName = "Spaces around cells")]
    [TestCase("f1,f0\n2,1\n4,3\n", TestName = "Another order of columns")]
    [TestCase("f0,f1\n1e0,2.0\n+3,0.4e1\n\n\n", TestName = "Exponents and empty lines at the end")]
    public void The_same_rows_in_other_clothes(string text)
    {
        (List<double[]> rows, List<bool> complete) = Read(text);
        Assert.That(rows, Is.EqualTo(new[] { new double[] { 1, 2 }, [3, 4] }));
        Assert.That(complete, Is.All.True);
    }

    [Test]
    public void An_empty_feature_makes_a_row_incomplete_an_empty_other_column_does_not()
    {
        (_, List<bool> complete) = Read("f0,note,f1\n1,,2\n,x,2\n1,x,\n");
        Assert.That(complete, Is.EqualTo(new[] { true, false, false }));
    }

    [Test]
    public void Numbers_keep_all_their_bits()
    {
        (List<double[]> rows, _) = Read("f0,f1\n0.1,1.7976931348623157E+308\n5E-324,-0\n");
        Assert.That(rows, Is.EqualTo(new[] { new[] { 0.1, double.MaxValue }, [double.Epsilon, -0.0] }));
    }

    [Test]
    public void Rows_are_numbered_from_zero()
    {
        FeatureCsv csv = new(new StringReader("f0,f1\n1,2\n3,4\n"), "x", Model);
        double[] row = new double[2];
        Assert.That(csv.Row, Is.EqualTo(-1));
        Assert.That((csv.TryRead(row, out _), csv.Row), Is.EqualTo((true, 0L)));
        Assert.That((csv.TryRead(row, out _), csv.Row), Is.EqualTo((true, 1L)));
        Assert.That((csv.TryRead(row, out _), csv.Row), Is.EqualTo((false, 1L)));
    }

    [TestCase("f0,f1\n1;2\n", "1 cells under a header of 2")]
    [TestCase("f0,f1\n1,2,3\n", "3 cells under a header of 2")]
    [TestCase("f0,f1\n1,\"2\"\n", "f1 is '\"2\"'")]
    [TestCase("f0,f1\n1,0x10\n", "f1 is '0x10'")]
    [TestCase("f0,f1\n1,-Infinity\n", "f1 is '-Infinity'")]
    [TestCase("F0,F1\n1,2\n", "column 'f0' is missing")]
    [TestCase("1,2\n3,4\n", "column 'f0' is missing")]
    public void What_is_no_row_is_refused_with_its_line(string text, string message) =>
        Assert.That(Assert.Throws<ModelException>(() => Read(text))!.Message, Does.StartWith("x: line ").And.Contain(message));

    private static (List<double[]> Rows, List<bool> Complete) Read(string text)
    {
        FeatureCsv csv = new(new StringReader(text), "x", Model);
        (List<double[]> rows, List<bool> complete) = ([], []);
        double[] row = new double[2];
        while (csv.TryRead(row, out bool isComplete))
        {
            rows.Add([.. row]);
            complete.Add(isComplete);
        }
        return (rows, complete);
    }
}
