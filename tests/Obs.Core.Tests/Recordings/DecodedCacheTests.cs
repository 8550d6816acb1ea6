using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings;
using Obs.Core.Recordings.Cache;

namespace Obs.Core.Tests.Recordings;

/// <summary>Decoded events on disk: bit for bit what was put in, or refused.</summary>
internal sealed class DecodedCacheTests
{
    private static readonly SourceStamp Stamp = new(12345, 0xABCD);
    private Recorded _recorded = null!;

    [SetUp]
    public void SetUp() => _recorded = new Recorded();

    [TearDown]
    public void TearDown() => _recorded.Dispose();

    [Test]
    public void Layouts_on_disk_stay_as_they_are() =>
        Assert.That((Unsafe.SizeOf<CacheHeader>(), Unsafe.SizeOf<CacheRecord>(), Unsafe.SizeOf<MarketEvent>(), Unsafe.SizeOf<BookLevel>(), CacheHeader.DataOffset, CacheHeader.BlockBytes),
            Is.EqualTo((64, 8, 104, 16, 4096, 1 << 20)));

    [Test]
    public void Every_record_comes_back_bit_for_bit([Values(0, 1, 7, 6_000)] int count)
    {
        List<Sample> written = Samples(count, seed: 3);
        string path = Write(written);
        using DecodedCacheReader reader = DecodedCacheReader.Open(path, Stamp);
        Assert.That((reader.Records, reader.Source, reader.Configuration.Instruments.Count), Is.EqualTo(((long)count, Stamp, 1)));
        for (int pass = 0; pass < 2; pass++)
        {
            DecodedCursor cursor = reader.Start();
            foreach (Sample expected in written)
            {
                bool same = cursor.MoveNext() && Same(in cursor, expected);
                if (!same)
                    Assert.Fail($"record {expected.Head.Sequence} of {count}, pass {pass}");
            }
            Assert.That(cursor.MoveNext(), Is.False);
        }
    }

    [Test]
    public void Another_source_makes_it_stale()
    {
        string path = Write(Samples(3, seed: 1));
        ImportException failure = Assert.Throws<ImportException>(() => DecodedCacheReader.Open(path, Stamp with { Crc32C = 1 }).Dispose());
        Assert.That((failure.Problem, failure.Message), Is.EqualTo((ImportProblem.Stale, failure.Message)));
        Assert.That(failure.Message, Does.Contain("0000abcd").And.Contain("00000001").And.Contain("obs import --decoded"));
        DecodedCacheReader.Open(path, null).Dispose();
    }

    [Test]
    public void A_flipped_bit_anywhere_is_found()
    {
        string path = Write(Samples(50, seed: 2));
        byte[] whole = File.ReadAllBytes(path);
        Random random = new(5);
        for (int trial = 0; trial < 300; trial++)
        {
            int at = trial < 64 ? trial : random.Next(CacheHeader.DataOffset, whole.Length);
            byte[] flipped = [.. whole];
            flipped[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, flipped);
            Assert.That(Assert.Throws<ImportException>(() => DecodedCacheReader.Open(path, Stamp).Dispose(), $"byte {at}").Problem, Is.EqualTo(ImportProblem.Damaged), $"byte {at}");
        }
        File.WriteAllBytes(path, whole);
        DecodedCacheReader.Open(path, Stamp).Dispose();
    }

    [Test]
    public void A_cut_file_is_refused_wherever_it_is_cut()
    {
        string path = Write(Samples(50, seed: 2));
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length += 97)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.That(Assert.Throws<ImportException>(() => DecodedCacheReader.Open(path, Stamp).Dispose(), $"cut at {length}").Problem, Is.EqualTo(ImportProblem.Damaged));
        }
    }

    [Test]
    public void A_record_that_lies_about_its_levels_is_refused_though_its_checksum_is_right()
    {
        string path = _recorded.PathOf("liar.decoded");
        using (DecodedCacheWriter writer = new(path))
        {
            // the writer of another program: an instrument nobody described
            MarketEvent head = new() { Kind = MarketEventKind.Trade, Instrument = 9 };
            writer.AddFrame(RecordKind.VenueFrame, VenueId.Upbit, DecodeStatus.Ok, in head, []);
            writer.Complete(Stamp, Configuration());
        }
        Assert.That(Assert.Throws<ImportException>(() => DecodedCacheReader.Open(path, Stamp).Dispose()).Message, Does.Contain("record 0 is malformed"));
    }

    [Test]
    public void A_cache_is_whole_or_absent()
    {
        string path = _recorded.PathOf("unfinished.decoded");
        using (DecodedCacheWriter writer = new(path))
            writer.AddOther(RecordKind.Timer, VenueId.None, 1, 1, []);
        Assert.That(Directory.GetFiles(_recorded.Folder), Is.Empty);
        Assert.That(Assert.Throws<ImportException>(() => DecodedCacheReader.Open(path, null).Dispose()).Problem, Is.EqualTo(ImportProblem.Missing));
    }

    [Test]
    public void A_new_cache_replaces_the_old_one()
    {
        string path = Write(Samples(5, seed: 1));
        Assert.That(Write(Samples(2, seed: 1)), Is.EqualTo(path));
        using DecodedCacheReader reader = DecodedCacheReader.Open(path, Stamp);
        Assert.That(reader.Records, Is.EqualTo(2));
    }

    [Test]
    public void A_closed_cache_gives_no_cursor()
    {
        DecodedCacheReader reader = DecodedCacheReader.Open(Write(Samples(2, seed: 1)), Stamp);
        reader.Dispose();
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => reader.Start());
    }

    [Test]
    public void A_stamp_sees_content_length_and_order()
    {
        string a = _recorded.Text("a", "one");
        string b = _recorded.Text("b", "two");
        string c = _recorded.Text("c", "one");
        Assert.That(SourceStamp.Of([a, b]), Is.EqualTo(SourceStamp.Of([c, b])));
        Assert.That(SourceStamp.Of([a, b]), Is.Not.EqualTo(SourceStamp.Of([b, a])).And.Not.EqualTo(SourceStamp.Of([a])));
    }

    [Test]
    public void Walking_allocates_nothing()
    {
        using DecodedCacheReader reader = DecodedCacheReader.Open(Write(Samples(2_000, seed: 4)), Stamp);
        Sum(reader);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long sum = Sum(reader);
        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before, sum != 0), Is.EqualTo((0L, true)));
    }

    private static bool Same(in DecodedCursor cursor, Sample expected)
    {
        bool head = (cursor.Kind, cursor.Venue, cursor.Status, cursor.IsFrame) == (expected.Kind, expected.Venue, expected.Status, expected.Payload is null)
            && Bytes(cursor.Event).AsSpan().SequenceEqual(Bytes(expected.Head));
        return head && (expected.Payload is null ? cursor.Levels.SequenceEqual(expected.Levels) : cursor.Payload.SequenceEqual(expected.Payload));
    }

    [Test]
    public void The_comparison_sees_another_sequence()
    {
        List<Sample> written = Samples(2, seed: 3);
        using DecodedCacheReader reader = DecodedCacheReader.Open(Write(written), Stamp);
        DecodedCursor cursor = reader.Start();
        Assert.That((cursor.MoveNext(), Same(in cursor, written[0]), Same(in cursor, written[1])), Is.EqualTo((true, true, false)), "the control");
    }

    private static long Sum(DecodedCacheReader reader)
    {
        long sum = 0;
        DecodedCursor cursor = reader.Start();
        while (cursor.MoveNext())
        {
            sum = unchecked(sum + cursor.Event.ReceiveNs);
            if (!cursor.IsFrame)
                continue;
            foreach (BookLevel level in cursor.Levels)
                sum = unchecked(sum + level.Price.Mantissa * level.Size.Mantissa);
        }
        return sum;
    }

    private string Write(List<Sample> samples)
    {
        string path = _recorded.PathOf("cache.decoded");
        using DecodedCacheWriter writer = new(path);
        foreach (Sample sample in samples)
        {
            MarketEvent head = sample.Head;
            if (sample.Payload is null)
                writer.AddFrame(sample.Kind, sample.Venue, sample.Status, in head, sample.Levels);
            else
                writer.AddOther(sample.Kind, sample.Venue, head.Sequence, head.ReceiveNs, sample.Payload);
        }
        writer.Complete(Stamp, Configuration());
        return path;
    }

    private static RecordingConfiguration Configuration() => new()
    {
        IsRecording = true,
        Venue = VenueId.Upbit,
        Instruments = [InstrumentDescription.Of(Recorded.Market(VenueId.Upbit, "KRW-BTC", 4, 8), 0)],
    };

    private static List<Sample> Samples(int count, int seed)
    {
        Random random = new(seed);
        List<Sample> samples = [];
        for (int number = 1; number <= count; number++)
        {
            MarketEvent head = new() { Sequence = number, ReceiveNs = Recorded.TimeNs + number };
            int choice = random.Next(10);
            if (choice == 0)
            {
                byte[] payload = new byte[random.Next(30)];
                random.NextBytes(payload);
                samples.Add(new Sample(RecordKind.Command, VenueId.None, DecodeStatus.Ok, head, [], payload));
            }
            else if (choice == 1)
            {
                samples.Add(new Sample(RecordKind.VenueFrame, VenueId.BinanceSpot, (DecodeStatus)random.Next(1, 12), head, [], null));
            }
            else
            {
                head.Kind = (MarketEventKind)random.Next(7);
                head.BidCount = random.Next(20);
                head.AskCount = random.Next(20);
                head.TotalAskSize = random.NextDouble();
                head.TotalBidSize = double.NaN;
                BookLevel[] levels = [.. Enumerable.Range(0, head.BidCount + head.AskCount).Select(_ => new BookLevel(new Price(random.NextInt64()), new Size(random.NextInt64())))];
                samples.Add(new Sample(choice == 2 ? RecordKind.RestAnswer : RecordKind.VenueFrame, VenueId.Upbit, DecodeStatus.Ok, head, levels, null));
            }
        }
        return samples;
    }

    private static byte[] Bytes(MarketEvent head) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(new ReadOnlySpan<MarketEvent>(in head)).ToArray();

    private sealed record Sample(RecordKind Kind, VenueId Venue, DecodeStatus Status, MarketEvent Head, BookLevel[] Levels, byte[]? Payload);
}
