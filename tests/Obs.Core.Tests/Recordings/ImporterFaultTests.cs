using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>Files that cannot be imported, or not to their end: what is said, and what stays.</summary>
internal sealed class ImporterFaultTests
{
    private Recorded _recorded = null!;

    [SetUp]
    public void SetUp() => _recorded = new Recorded();

    [TearDown]
    public void TearDown() => _recorded.Dispose();

    [Test]
    public void A_missing_file_is_named() => Fails(_recorded.PathOf("none.gz"), ImportProblem.Missing, "no such file");

    [Test]
    public void A_folder_is_no_recording() => Fails(_recorded.Folder, ImportProblem.Directory, "is a folder");

    [Test]
    public void An_empty_file_is_said_to_be_empty() => Fails(_recorded.Bytes("empty", []), ImportProblem.Empty, "is empty");

    [Test]
    public void A_gzip_of_nothing_is_empty_too() => Fails(_recorded.Bytes("empty.gz", Recorded.Gzip([])), ImportProblem.Empty, "is empty");

    [Test]
    public void A_zip_without_data_is_empty_too() => Fails(_recorded.Bytes("empty.zip", Recorded.Zip(CompressionLevel.Fastest, ("folder/", []))), ImportProblem.Empty, "is empty");

    [Test]
    public void Utf_16_is_named() => Fails(_recorded.Bytes("wide.txt", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("1723161253937085768 {}\n")]), ImportProblem.WrongEncoding, "UTF-16");

    [Test]
    public void A_cut_zip_is_damaged() =>
        Fails(_recorded.Bytes("cut.zip", Recorded.Zip(CompressionLevel.Fastest, ("a", Frames(1000)))[..^30]), ImportProblem.Damaged, "Fetch the file again");

    [Test]
    public void A_file_that_may_not_be_read_is_said_so()
    {
        string path = _recorded.Bytes("secret", Frames(1));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.None);
        if (CanRead(path))
            Assert.That(Recorded.Import(Recorded.Options(), path).Result.Records, Is.EqualTo(1), "some users may read everything");
        else
            Fails(path, ImportProblem.NotPermitted, "permissions");
    }

    [Test]
    public void A_cut_gzip_gives_what_is_whole_and_then_says_where_it_ends([Values(0.3, 0.7, 0.99)] double share)
    {
        byte[] whole = Recorded.Gzip(Frames(20_000));
        string path = _recorded.Bytes("cut.gz", whole[..(int)(whole.Length * share)]);
        CollectingSink sink = new();
        Importer importer = new(Recorded.Options(), sink);
        ImportException failure = Assert.Throws<ImportException>(() => importer.Run([path]));
        Assert.That(failure.Problem, Is.EqualTo(ImportProblem.Damaged));
        Assert.That(sink.Records, Has.Count.InRange(1, 19_999));
        Assert.That((failure.Line, importer.Result.Records), Is.EqualTo(((long)sink.Records.Count, (long)sink.Records.Count)));
        Assert.That(sink.Records.Select(static (record, index) => record.Text == Frame(index)), Is.All.True);
    }

    [Test]
    public void The_whole_gzip_is_imported_whole()
    {
        (ImportResult result, _) = Recorded.Import(Recorded.Options(), _recorded.Bytes("whole.gz", Recorded.Gzip(Frames(20_000))));
        Assert.That(result.Records, Is.EqualTo(20_000), "the control of the cut ones");
    }

    [Test]
    public void A_gzip_with_a_flipped_byte_is_never_imported_silently()
    {
        byte[] whole = Recorded.Gzip(Frames(2_000));
        Random random = new(7);
        for (int trial = 0; trial < 50; trial++)
        {
            byte[] flipped = [.. whole];
            int at = random.Next(18, whole.Length);
            flipped[at] ^= (byte)(1 << random.Next(8));
            string path = _recorded.Bytes("flipped.gz", flipped);
            CollectingSink sink = new();
            ImportException? failure = null;
            try
            {
                new Importer(Recorded.Options(), sink).Run([path]);
            }
            catch (ImportException caught)
            {
                failure = caught;
            }
            Assert.That(failure?.Problem ?? ImportProblem.Missing, Is.AnyOf(ImportProblem.Damaged, ImportProblem.UnknownFormat, ImportProblem.WrongEncoding, ImportProblem.Empty), $"trial {trial}, byte {at}");
        }
    }

    [Test]
    public void A_line_beyond_the_limit_is_bad_and_the_next_is_fine()
    {
        byte[] huge = new byte[ByteSource.MaxLineBytes + 100];
        huge.AsSpan().Fill((byte)'x');
        "1723161253937085768 "u8.CopyTo(huge);
        string path = _recorded.Bytes("long.frames", [.. Frames(1), .. huge, (byte)'\n', .. Frames(1)]);
        ImportOptions options = Recorded.Options() with { QuarantineDirectory = _recorded.Folder };
        (ImportResult result, _) = Recorded.Import(options, path);
        Assert.That((result.Records, result.Reasons[BadLineReason.LineTooLong]), Is.EqualTo((2L, 1L)));
        Assert.That(new FileInfo(path + ".quarantine").Length, Is.InRange(QuarantineFile.KeptBytes, QuarantineFile.KeptBytes + 40));
    }

    [Test]
    public void A_quarantine_names_the_member_of_an_archive()
    {
        string path = _recorded.Bytes("two.zip", Recorded.Zip(CompressionLevel.Fastest, ("a.frames", [.. Frames(1), .. "bad\n"u8]), ("b.frames", Frames(1))));
        Recorded.Import(Recorded.Options() with { QuarantineDirectory = _recorded.Folder }, path);
        Assert.That(File.ReadAllText(path + ".quarantine"), Is.EqualTo("a.frames:2\tNoTime\tbad\n"));
    }

    [Test]
    public void A_quarantine_that_cannot_be_written_ends_the_import_with_its_path()
    {
        string path = _recorded.Text("bad.frames", "1723161253937085768 {}", "bad");
        ImportOptions options = Recorded.Options() with { QuarantineDirectory = _recorded.PathOf("no such folder") };
        ImportException failure = Assert.Throws<ImportException>(() => Recorded.Import(options, path));
        Assert.That((failure.Problem, failure.File), Is.EqualTo((ImportProblem.NotPermitted, Path.Combine(_recorded.PathOf("no such folder"), "bad.frames.quarantine"))));
    }

    [Test]
    public void The_files_before_a_bad_one_stay_imported()
    {
        CollectingSink sink = new();
        Assert.Throws<ImportException>(() => new Importer(Recorded.Options(), sink).Run([_recorded.Bytes("a.frames", Frames(3)), _recorded.PathOf("missing")]));
        Assert.That(sink.Records, Has.Count.EqualTo(3));
    }

    [Test]
    public void Records_of_several_files_can_be_put_in_the_order_of_time()
    {
        CollectingSink sink = new();
        TimeOrderedSink ordered = new(sink);
        new Importer(Recorded.Options(), ordered).Run([
            _recorded.Text("books", "1723161253000000001 b1", "1723161253000000003 b3", "1723161253000000005 b5"),
            _recorded.Text("trades", "1723161253000000001 t1", "1723161253000000002 t2", "1723161253000000005 t5")]);
        Assert.That(sink.Records, Is.Empty, "it waits for the last");
        ordered.Flush();
        Assert.That(string.Join(' ', sink.Records.Select(static r => r.Text)), Is.EqualTo("b1 t1 t2 b3 b5 t5"));
        Assert.That(sink.Configurations.Select(static c => c.Before), Is.EqualTo(new[] { 0 }));
        ordered.Flush();
        Assert.That(sink.Records, Has.Count.EqualTo(6), "given on once");
    }

    [Test]
    public void Mutated_files_of_every_format_never_bring_anything_but_counts_and_import_errors([Range(1, 4)] int seed)
    {
        Random random = new(seed);
        foreach ((string name, byte[] original) in Samples())
        {
            for (int trial = 0; trial < 60; trial++)
            {
                byte[] mutated = Mutation.Of(original, random);
                if (mutated.Length == 0)
                    continue;
                Exception? surprise = Surprise(_recorded.Bytes($"mutated-{name}", mutated));
                Assert.That(surprise, Is.Null, $"{name}, seed {seed}, trial {trial}");
            }
        }
    }

    [Test]
    public void The_fuzzer_sees_a_surprise_when_there_is_one() =>
        Assert.That(Surprise(_recorded.Bytes("fine.frames", Frames(1)), new SinkThatThrows()), Is.InstanceOf<FormatException>(), "a fuzzer that finds nothing proves nothing");

    private static IEnumerable<(string Name, byte[] Content)> Samples()
    {
        yield return ("frames", Frames(20));
        yield return ("dict", "{'timestamp': 1730386800033, 'orderbook_units': [{'ask_price': 2, 'bid_price': 1, 'ask_size': 1.5, 'bid_size': 1e-3}]}\n[{'timestamp': 1730386800033, 'trade_price': 2, 'trade_volume': 3, 'ask_bid': 'BID'}]\n"u8.ToArray());
        yield return ("csv", "timestamp,trade_price,trade_volume,ask_bid,sequential_id\n1730386800033,1,2,ASK,3\n2022-11-25 09:30:41,1,2,1,1669368641064011\n"u8.ToArray());
        yield return ("books", "price|quantity|type|timestamp\n4612000|5.8|1|2024-04-27 17:39:35\n4610000|1.9|0|2024-04-27 17:39:35\n4610000|1.9|0|2024-04-27 17:39:41\n"u8.ToArray());
        yield return ("tardis", "exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount\nupbit,KRW-BTC,1585699200245000,1585699200355684,true,ask,6421.5,18640\nupbit,KRW-BTC,1585699200245000,1585699200355685,false,bid,6421.5,0\n"u8.ToArray());
        yield return ("npy", new HftRows().Add(HftRows.BidDepth, 0, 5, 100, 1).Add(0xE000_0003, 1, 6, 100, 0).Add(HftRows.BuyTrade, 1, 7, 100, 2).ToNpy());
        yield return ("zip", Recorded.Zip(CompressionLevel.Fastest, ("a", Frames(20)), ("b", Frames(3))));
        yield return ("gz", Recorded.Gzip(Frames(20)));
    }

    private static Exception? Surprise(string path, IRecordSink? sink = null)
    {
        try
        {
            ImportResult result = new Importer(Recorded.Options(), sink ?? new CollectingSink()).Run([path]);
            return result.Records + result.BadLines + result.Skipped >= 0 ? null : new InvalidOperationException("counts went negative");
        }
        catch (ImportException)
        {
            return null;
        }
#pragma warning disable CA1031 // whatever else comes out is the finding
        catch (Exception surprise)
#pragma warning restore CA1031
        {
            return surprise;
        }
    }

    private static void Fails(string path, ImportProblem problem, string says)
    {
        CollectingSink sink = new();
        ImportException failure = Assert.Throws<ImportException>(() => new Importer(Recorded.Options(), sink).Run([path]));
        Assert.That((failure.Problem, failure.File, sink.Records.Count), Is.EqualTo((problem, path, 0)));
        Assert.That(failure.Message, Does.StartWith(path).And.Contain(says));
    }

    private static bool CanRead(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Frame(int index) => $"{{\"n\":{index},\"r\":{index * 7919 % 104729}}}";

    private static byte[] Frames(int count) =>
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, count).Select(static index => $"{1723161253937085768 + index} {Frame(index)}\n")));

    private sealed class SinkThatThrows : IRecordSink
    {
        public void OnRecord(Obs.Core.Journal.RecordKind kind, Obs.Core.Market.VenueId venue, long receiveNs, ReadOnlySpan<byte> payload) => throw new FormatException("planted");
    }
}
