using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Obs.Cli.Tests;

/// <summary>Option values no run can mean: each is refused before anything is read, with the value and what is possible.</summary>
internal sealed class OptionRangeTests
{
    private static readonly string Recording = Path.Combine(SharedData.Root, "Obs.sln"); // any file: it must not come to reading it

    private static IEnumerable<TestCaseData> Values()
    {
        yield return Case("--threshold is NaN; set it between 0 and 1", "--strategy", "imbalance", "--threshold", "nan");
        yield return Case("--threshold is -1; set it", "--strategy", "imbalance", "--threshold", "-1");
        yield return Case("--threshold is 1E.308; set it", "--strategy", "imbalance", "--threshold", "1e308");
        yield return Case("'abc' for option '--threshold'; give a plain number", "--threshold", "abc");
        yield return Case("--speed is '0'; give max or", "--speed", "0");
        yield return Case("--speed is 'nan'; give max or", "--speed", "nan");
        yield return Case("--speed is 1E-300; give max, or a multiple", "--speed", "1e-300");
        yield return Case("--speed is 1E.300; give max, or a multiple", "--speed", "1e300");
        yield return Case("--until-seq is 0; the first record has sequence 1", "--until-seq", "0");
        yield return Case("'999999999999999999999' for option '--until-seq'; give a whole number", "--until-seq", "999999999999999999999");
        yield return Case("--from lies after --to", "--from", "2030-01-01", "--to", "2020-01-01");
        yield return Case("--from is '9999-12-31'; give a time between 1970 and 2261", "--from", "9999-12-31");
        yield return Case("--to is '0001-01-01'; give a time between", "--to", "0001-01-01");
        yield return Case("--from is '1e18'; give ns since 1970", "--from", "1e18");
        yield return Case("--fee or --taker is -1; give a fraction between 0 and 0.1", "--fee", "-1");
        yield return Case("--fee or --taker is 2; give", "--fee", "2");
        yield return Case("'nan' for option '--fee'; give a plain number", "--fee", "nan");
        yield return Case("--fee or --maker is -0.5; give a fraction", "--maker", "-0.5", "--taker", "0.001");
        yield return Case("Give --maker and --taker together", "--maker", "0.0001");
        yield return Case("A fee of 0.0000000000001 is not a fraction", "--fee", "0.0000000000001");
        yield return Case("--cash is 0; give an amount", "--cash", "0");
        yield return Case("--cash is 79228162514264337593543950335; give an amount", "--cash", "79228162514264337593543950335");
        yield return Case("'1e30' for option '--order-size'; give a plain number", "--order-size", "1e30");
        yield return Case("--order-size is 999999999999999999999999; give a size", "--order-size", "999999999999999999999999");
        yield return Case("--order-size is 0.000000000001; give a size", "--order-size", "0.000000000001");
        yield return Case("--order-size is -1; give a size", "--order-size", "-1");
        yield return Case("--window is 0; set it between 2 and 10000", "--window", "0");
        yield return Case("--obi-levels is 999999; set it", "--obi-levels", "999999");
        yield return Case("--stale-ms is 0; set it", "--stale-ms", "0");
        yield return Case("--stale-ms is NaN; set it", "--stale-ms", "NaN");
        yield return Case("--stale-ms is 259200000; set it", "--stale-ms", "3d");
        yield return Case("--stale-ms is 'soon'; give a number of ms, or one with its unit", "--stale-ms", "soon");
        yield return Case("--entry-ms is NaN; set it", "--entry-ms", "nan");
        yield return Case("--response-ms is -1; set it", "--response-ms", "-1");
        yield return Case("--clock-offset-ns is 9223372036854775807; clocks more than a day", "--clock-offset-ns", "9223372036854775807");
        yield return Case("--clock-offset-ns is -9223372036854775808; clocks", "--clock-offset-ns", "-9223372036854775808");
        yield return Case("--clock-offset-ns is 172800000000000; clocks more than a day", "--clock-offset-ns", "2d");
        yield return Case("--clock-offset-ns is '0.5ns'; give a whole number of ns", "--clock-offset-ns", "0.5ns");
        yield return Case("--snapshot-every takes a number of records here", "--snapshot-every", "30s");
        yield return Case("--snapshot-every is '10ms'; give a number of records", "--snapshot-every", "10ms");
        yield return Case("--snapshot-every is '-5'; give a number of records", "--snapshot-every", "-5");
        yield return Case("--queue is 'powerprob:1e308'", "--queue", "powerprob:1e308");
        yield return Case("--queue is 'powerprob:nan'", "--queue", "powerprob:nan");
        yield return Case("--queue is ':'", "--queue", ":");
        yield return Case("--layout is 'both'; give fused or split", "--layout", "both");
        yield return Case("--exchange is 'x'", "--exchange", "x");
        yield return Case("--cost is 'x'", "--cost", "x");
        yield return Case("--format is 'xml'; give frames", "--format", "xml");
        yield return Case("--tick and --lot describe one market", "--tick", "1", "--lot", "1");
        yield return Case("--tick 0 --lot 1: The tick '0' is no positive", "--symbol", "KRW-BTC", "--tick", "0", "--lot", "1");
        yield return Case("The tick 'abc' is no positive", "--symbol", "KRW-BTC", "--tick", "abc", "--lot", "1");
        yield return Case("has 12 decimals; at most 8", "--symbol", "KRW-BTC", "--tick", "0.000000000001", "--lot", "1");
        yield return Case("Upbit market 'FOO' is not QUOTE-BASE", "--symbol", "FOO", "--tick", "1", "--lot", "1");
        yield return Case("--snapshot starts from a journal's snapshots", "--snapshot", "5");
        yield return Case("Unrecognized.*'--spede'.*Did you mean --speed", "--spede", "1");
    }

    [TestCaseSource(nameof(Values))]
    public void It_is_refused_with_the_value_and_what_is_possible(string message, string[] options)
    {
        CliException refusal = Assert.Throws<CliException>(() => CommandLine.Run(["replay", "--venue", "upbit", "--input", Recording, "--json", .. options]))!;
        Assert.That(refusal.Code, Is.EqualTo(ExitCode.Usage), refusal.Message);
        Assert.That(refusal.Message, Does.Match(new Regex(message, RegexOptions.Singleline)));
        Assert.That(refusal.Message, Does.Not.Contain("System."), "no names of .NET types");
    }

    [TestCase("", "generate", "--out", "x.gz", "--frames-per-second", "-1")]
    [TestCase("", "repaly")]
    [TestCase("", "journal")]
    [TestCase("", "explain")]
    [TestCase("", "explain", "first")]
    [TestCase("", "predict", "--model", "x")]
    [TestCase("", "import", "--venue", "upbit")]
    [TestCase("", "generate", "--out", "x.gz", "--market", "nonsense")]
    [TestCase("", "generate", "--out", "x.gz", "--market", "KRW-A,B")]
    [TestCase("", "generate", "--out", "x.gz", "--seed", "-1")]
    [TestCase("", "generate", "--out", "x.gz", "--seconds", "nan")]
    [TestCase("", "journal", "dump", ".", "--from", "x")]
    public void A_line_of_any_command_that_makes_no_sense_has_the_exit_code_for_it(string _, params string[] line) =>
        Assert.That(Assert.Throws<CliException>(() => CommandLine.Run(line))!.Code, Is.EqualTo(ExitCode.Usage));

    [Test]
    public void A_wrong_line_writes_nothing_to_stdout_but_the_error_object()
    {
        ObsRun plain = ObsRun.Of("replay", "--spede", "1");
        ObsRun json = ObsRun.Of("replay", "--spede", "1", "--json");
        Assert.Multiple(() =>
        {
            Assert.That((plain.ExitCode, plain.Output), Is.EqualTo((ExitCode.Usage, "")));
            Assert.That(json.ExitCode, Is.EqualTo(ExitCode.Usage));
            Assert.That(json.ErrorObject.GetProperty("code").GetInt32(), Is.EqualTo(ExitCode.Usage));
            Assert.That(json.Errors, Does.Contain(json.ErrorObject.GetProperty("message").GetString()!));
        });
    }

    private static TestCaseData Case(string message, params string[] options) =>
        new TestCaseData(message, options).SetArgDisplayNames(string.Join(' ', options.Select(static word => word.Length > 30 ? word[..30] : word)));
}
