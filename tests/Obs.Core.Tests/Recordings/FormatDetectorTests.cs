using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>What a file is, by its content alone.</summary>
internal sealed class FormatDetectorTests
{
    [TestCase("1723161253937085768 {\"stream\":\"x\"}", RecordingFormat.Frames)]
    [TestCase("1721749182850494\t{\"lastUpdateId\": 1}", RecordingFormat.Frames)]
    [TestCase("172174918285 {}", RecordingFormat.Frames)]
    [TestCase("{'timestamp': 1730386800033, 'trade_price': 1.0}", RecordingFormat.PythonDict)]
    [TestCase("[{'market': 'KRW-BTC'}]", RecordingFormat.PythonDict)]
    [TestCase("{\"timestamp\":1730386800033}", RecordingFormat.JsonLines)]
    [TestCase("[ {\"timestamp\":1730386800033}, {\"timestamp\":1}]", RecordingFormat.JsonLines)]
    [TestCase("trade_price,trade_volume,ask_bid,sequential_id,timestamp", RecordingFormat.CsvRecords)]
    [TestCase("timestamp,total_ask_size,total_bid_size,orderbook_units", RecordingFormat.CsvRecords)]
    [TestCase("price|quantity|type|timestamp", RecordingFormat.PolledBookCsv)]
    [TestCase("2662000,0.7114,0,2022-05-18 00:00:00.002936", RecordingFormat.PolledBookCsv)]
    [TestCase("exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount", RecordingFormat.Tardis)]
    [TestCase("\uFEFFexchange,symbol,timestamp,local_timestamp,id,side,price,amount", RecordingFormat.Tardis)]
    public void First_line(string line, RecordingFormat expected) => Assert.That(Detect(Encoding.UTF8.GetBytes(line + "\n")), Is.EqualTo(expected));

    [Test]
    public void A_bad_first_line_does_not_hide_the_rest() =>
        Assert.That(Detect("garbage\n\n1723161253937085768 {}\n"u8.ToArray()), Is.EqualTo(RecordingFormat.Frames));

    [Test]
    public void An_array_of_numpy_is_known_by_its_magic() =>
        Assert.That(Detect([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0]), Is.EqualTo(RecordingFormat.Hftbacktest));

    [Test]
    public void What_is_nothing_known_is_refused_with_its_beginning_and_the_choices()
    {
        ImportException failure = Assert.Throws<ImportException>(() => Detect("timestamp,quantity,price,fee,amount,side\n2024-03-07 23:28,0.1,1,1,1,0\n"u8.ToArray()))!;
        Assert.That(failure.Problem, Is.EqualTo(ImportProblem.UnknownFormat));
        Assert.That(failure.Message, Does.Contain("timestamp,quantity,price").And.Contain("--format"));
    }

    [Test]
    public void Only_the_first_twenty_lines_are_looked_at() =>
        Assert.Throws<ImportException>(() => Detect(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("garbage\n", 20)) + "1723161253937085768 {}\n")));

    [TestCase("utf-16", "UTF-16")]
    [TestCase("utf-16BE", "UTF-16")]
    [TestCase("utf-32", "UTF-32")]
    public void Wide_text_is_refused_by_name(string encoding, string named)
    {
        Encoding wide = Encoding.GetEncoding(encoding);
        ImportException failure = Assert.Throws<ImportException>(() => Detect([.. wide.GetPreamble(), .. wide.GetBytes("1723161253937085768 {}\n")]))!;
        Assert.That(failure.Problem, Is.EqualTo(ImportProblem.WrongEncoding));
        Assert.That(failure.Message, Does.Contain(named).And.Contain("UTF-8"));
    }

    [Test]
    public void Wide_text_without_a_mark_is_refused_too() =>
        Assert.Throws<ImportException>(() => Detect(Encoding.Unicode.GetBytes("1723161253937085768 {}\n")));

    [Test]
    public void The_callers_choice_counts_but_not_for_wide_text()
    {
        Assert.That(Detect("garbage\n"u8.ToArray(), RecordingFormat.Frames), Is.EqualTo(RecordingFormat.Frames));
        Assert.Throws<ImportException>(() => Detect(Encoding.Unicode.GetBytes("garbage"), RecordingFormat.Frames));
    }

    [Test]
    public void Nothing_at_all_is_refused() =>
        Assert.That(Assert.Throws<ImportException>(() => Detect([]))!.Problem, Is.EqualTo(ImportProblem.Empty));

    private static RecordingFormat Detect(byte[] content, RecordingFormat wanted = RecordingFormat.Detect)
    {
        using ByteSource source = new("memory", new MemoryStream(content));
        return FormatDetector.Detect(source, wanted);
    }
}
