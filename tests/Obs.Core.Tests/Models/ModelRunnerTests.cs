using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models;

[TestFixture]
internal sealed class ModelRunnerTests
{
    private static readonly SequenceModel Model = ModelFixture.Model(features: 2, window: 3);

    [Test]
    public void A_prediction_stands_at_the_last_row_of_its_window()
    {
        List<(long Row, double Value)> result = Run("f0,f1\n0,1\n1,0\n1,1\n0,0\n");
        Assert.That(result.Select(pair => pair.Row), Is.EqualTo(new long[] { 2, 3 }));
    }

    [Test]
    public void Columns_are_found_by_name_and_others_passed_over()
    {
        List<(long, double)> plain = Run("f0,f1\n0.25,1\n1,0\n1,1\n");
        Assert.That(Run("timestamp,f1,symbol,f0\n1,1,KRW-BTC,0.25\n2,0,KRW-BTC,1\n3,1,KRW-BTC,1\n"), Is.EqualTo(plain));
    }

    [Test]
    public void Both_paths_give_the_same_bits()
    {
        string rows = "f0,f1\n" + string.Concat(ModelFixture.Rows(50, 2, seed: 3).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row[0]:R},{row[1]:R}\n")));
        List<(long, double)> staggered = Run(rows);
        Assert.That(staggered, Has.Count.EqualTo(48));
        Assert.That(Run(rows, SequencePath.Window), Is.EqualTo(staggered));
    }

    [Test]
    public void A_row_with_an_empty_feature_keeps_its_number_but_enters_no_window()
    {
        List<(long Row, double Value)> whole = Run("f0,f1\n0,1\n1,0\n1,1\n");
        List<(long Row, double Value)> gap = Run("f0,f1\n0,1\n,0.5\n1,0\n1,1\n");
        Assert.That(gap, Is.EqualTo(new[] { (3L, whole[0].Value) }));
    }

    [TestCase("", "there is no header")]
    [TestCase("f0,other\n1,2\n", "column 'f1' is missing")]
    [TestCase("f0,f1,f0\n1,2,3\n", "column 'f0' stands twice")]
    [TestCase("f0,f1\n1,2\n1\n", "line 3: 1 cells under a header of 2")]
    [TestCase("f0,f1\n1,x\n", "line 2: f1 is 'x'")]
    [TestCase("f0,f1\n1,NaN\n", "line 2: f1 is 'NaN'")]
    [TestCase("f0,f1\n1,1e999\n", "line 2: f1 is '1e999'")]
    [TestCase("f0,f1\n1,2\n\n3,4\n", "line 3: an empty line between rows")]
    public void Rows_that_cannot_be_used_are_named(string text, string message) =>
        Assert.That(Assert.Throws<ModelException>(() => Run(text))!.Message, Does.StartWith("rows.csv: ").And.Contain(message));

    [Test]
    public void A_file_run_writes_round_trip_numbers_and_counts()
    {
        string folder = Directory.CreateTempSubdirectory("obs-models-").FullName;
        try
        {
            string model = Path.Combine(folder, "m.safetensors"), rows = Path.Combine(folder, "w.csv");
            File.WriteAllBytes(model, ModelFixture.Builder(features: 2, window: 3).Build());
            File.WriteAllText(rows, "f0,f1\n0,1\n1,0\n,\n1,100\n");
            StringWriter output = new();
            ModelRun run = ModelRunner.Run(model, rows, SequencePath.Staggered, output);
            string[] lines = output.ToString().Split('\n');
            Assert.Multiple(() =>
            {
                Assert.That(run, Is.EqualTo(new ModelRun(Rows: 4, SkippedRows: 1, Predictions: 1, OutOfRangeInputs: 1)));
                Assert.That(lines, Has.Length.EqualTo(3));
                Assert.That(lines[0], Is.EqualTo("row,prediction"));
                Assert.That(lines[1], Does.StartWith("3,"));
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void Missing_rows_are_named() =>
        Assert.That(
            Assert.Throws<ModelException>(() => ModelRunner.Run(DemoPath(), "no-such.csv", SequencePath.Window, TextWriter.Null))!.Message,
            Does.StartWith("no-such.csv"));

    private static string DemoPath()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "runner.safetensors");
        File.WriteAllBytes(path, ModelFixture.Builder().Build());
        return path;
    }

    private static List<(long Row, double Value)> Run(string rows, SequencePath path = SequencePath.Staggered)
    {
        List<(long, double)> result = [];
        using StringReader reader = new(rows);
        ModelRunner.Run(Model, reader, "rows.csv", path, (row, value) => result.Add((row, value)));
        return result;
    }
}
