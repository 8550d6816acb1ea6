using System;
using System.IO;
using NUnit.Framework;
using Obs.Cli.Runs;

namespace Obs.Cli.Tests;

/// <summary>Files beside a journal are named by their content: one that was changed, damaged or exchanged is refused, and kept anew when it is there again.</summary>
internal sealed class KeptFilesTests
{
    private const string Latencies = "req_ns,exch_ns,resp_ns\n1,2,3\n10,12,13\n";

    [Test]
    public void A_whole_file_is_found_under_its_hash()
    {
        using Scratch scratch = new();
        KeptFiles files = new(scratch.Folder);
        string model = files.KeepModel(DemoModel.Path), latencies = files.KeepLatencies(scratch.File("latencies.csv", Latencies));
        Assert.That(File.ReadAllBytes(files.ModelPath(model)), Is.EqualTo(File.ReadAllBytes(DemoModel.Path)));
        Assert.That(File.ReadAllText(files.LatenciesPath(latencies)), Is.EqualTo(Latencies));
    }

    [Test]
    public void A_changed_latency_file_is_refused_with_the_option_that_helps()
    {
        using Scratch scratch = new();
        KeptFiles files = new(scratch.Folder);
        string hash = files.KeepLatencies(scratch.File("latencies.csv", Latencies));
        File.WriteAllText(files.LatenciesPath(hash), Latencies.Replace("12", "99", StringComparison.Ordinal));
        Refused(() => files.LatenciesPath(hash), "--latency-file");
        Assert.That(files.KeepLatencies(scratch["latencies.csv"]), Is.EqualTo(hash), "the right file again");
        Assert.That(File.ReadAllText(files.LatenciesPath(hash)), Is.EqualTo(Latencies));
    }

    [TestCase(-1), TestCase(40)]
    public void A_damaged_model_is_refused_with_the_option_that_helps(int at)
    {
        using Scratch scratch = new();
        KeptFiles files = new(scratch.Folder);
        string hash = files.KeepModel(DemoModel.Path);
        string kept = files.ModelPath(hash);
        byte[] bytes = File.ReadAllBytes(kept);
        bytes[at < 0 ? ^1 : at] ^= 1;
        File.WriteAllBytes(kept, bytes);
        Refused(() => files.ModelPath(hash), "--model FILE");
        files.KeepModel(DemoModel.Path);
        Assert.That(files.ModelPath(hash), Is.EqualTo(kept));
    }

    private static void Refused(Func<string> find, string option)
    {
        CliException refusal = Assert.Throws<CliException>(() => find());
        Assert.That((refusal.Code, refusal.Message), Is.EqualTo((ExitCode.BadInput, refusal.Message)));
        Assert.That(refusal.Message, Does.Contain("is not the").And.Contain(option));
    }
}
