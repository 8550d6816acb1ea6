using System;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Recordings;
using Obs.Core.Recordings.Records;

namespace Obs.Core.Tests.Recordings;

/// <summary>The walk over Python and JSON literals.</summary>
internal sealed class LiteralCursorTests
{
    [TestCase("123,", "123")]
    [TestCase("  -1.5e-05}", "-1.5e-05")]
    [TestCase("'text'", "text")]
    [TestCase("\"text, with 'quotes'\"", "text, with 'quotes'")]
    [TestCase("'it\\'s'", "it\\'s")]
    [TestCase("''", "")]
    [TestCase("None", "")]
    [TestCase("null,", "")]
    [TestCase("True", "True")]
    [TestCase("nan", "nan")]
    public void Scalar(string text, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        LiteralCursor cursor = new(bytes, new Slice(0, bytes.Length));
        Assert.That(cursor.TryReadScalar(out Slice value), Is.True);
        Assert.That(Encoding.UTF8.GetString(value.Of(bytes)), Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("'open")]
    [TestCase("\"open'")]
    [TestCase("'ends in \\")]
    [TestCase("[1]")]
    [TestCase("{}")]
    [TestCase(",")]
    public void No_scalar(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        LiteralCursor cursor = new(bytes, new Slice(0, bytes.Length));
        Assert.That(cursor.TryReadScalar(out _), Is.False);
    }

    [TestCase("{}")]
    [TestCase("[ ]")]
    [TestCase("[1, 2, [3, {'a': {'b': []}}]]")]
    [TestCase("{'a': None, \"b\": [True, 'x']}")]
    [TestCase("'{'")]
    public void Anything_can_be_passed_over(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text + " ");
        LiteralCursor cursor = new(bytes, new Slice(0, bytes.Length));
        Assert.That((cursor.TrySkip(), cursor.IsAtEnd()), Is.EqualTo((true, true)));
    }

    [TestCase("{'a'}")]
    [TestCase("{'a': }")]
    [TestCase("{1: 2}")]
    [TestCase("[1, ]")]
    [TestCase("[1 2]")]
    [TestCase("[1}")]
    [TestCase("{'a': 1")]
    [TestCase("[")]
    public void What_does_not_close_is_not_passed_over(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        LiteralCursor cursor = new(bytes, new Slice(0, bytes.Length));
        Assert.That(cursor.TrySkip(), Is.False);
    }

    [TestCase(32, true)]
    [TestCase(33, false)]
    public void Nesting_has_a_limit(int depth, bool expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
        LiteralCursor cursor = new(bytes, new Slice(0, bytes.Length));
        Assert.That(cursor.TrySkip(), Is.EqualTo(expected));
    }

    [Test]
    public void A_walk_over_a_part_stays_in_it()
    {
        byte[] bytes = "xx[1, 2]yy"u8.ToArray();
        LiteralCursor cursor = new(bytes, new Slice(2, 6));
        Assert.That((cursor.TrySkip(), cursor.IsAtEnd()), Is.EqualTo((true, true)));
        cursor = new LiteralCursor(bytes, new Slice(2, 5));
        Assert.That(cursor.TrySkip(), Is.False, "the bracket that closes it lies outside");
    }

    [Test]
    public void Random_bytes_never_lead_outside([Range(1, 10)] int seed)
    {
        Random random = new(seed);
        byte[] alphabet = "{}[]'\",: \\1eN.-x"u8.ToArray();
        for (int trial = 0; trial < 2_000; trial++)
        {
            byte[] bytes = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => alphabet[random.Next(alphabet.Length)])];
            RawRecord record = new();
            Assert.DoesNotThrow(() => Walk(bytes, record), $"seed {seed}, trial {trial}: {Encoding.ASCII.GetString(bytes)}");
        }

        static void Walk(byte[] bytes, RawRecord record)
        {
            LiteralCursor cursor = new(bytes, new Slice(0, bytes.Length));
            LiteralRecordParser.Parse(ref cursor, bytes, record);
            cursor = new LiteralCursor(bytes, new Slice(0, bytes.Length));
            LiteralRecordParser.ParseUnits(ref cursor, bytes, record);
        }
    }

    [TestCase("timestamp", RecordField.Timestamp)]
    [TestCase("local_timestamp", RecordField.LocalTimestamp)]
    [TestCase("trade_timestamp", RecordField.MatchTimestamp)]
    [TestCase("code", RecordField.Code)]
    [TestCase("market", RecordField.Code)]
    [TestCase("total_ask_size", RecordField.TotalAskSize)]
    [TestCase("total_bid_size", RecordField.TotalBidSize)]
    [TestCase("trade_price", RecordField.TradePrice)]
    [TestCase("trade_volume", RecordField.TradeVolume)]
    [TestCase("ask_bid", RecordField.AskBid)]
    [TestCase("sequential_id", RecordField.SequentialId)]
    [TestCase("orderbook_units", RecordField.Units)]
    [TestCase("prev_closing_price", RecordField.None)]
    [TestCase("ask_price", RecordField.None)]
    [TestCase("", RecordField.None)]
    public void Name_of_a_field(string name, RecordField expected) => Assert.That(RecordNames.FieldOf(Encoding.UTF8.GetBytes(name)), Is.EqualTo(expected));

    [TestCase("ask_price", RecordField.AskPrice)]
    [TestCase("bid_price", RecordField.BidPrice)]
    [TestCase("ask_size", RecordField.AskSize)]
    [TestCase("bid_size", RecordField.BidSize)]
    [TestCase("timestamp", RecordField.None)]
    public void Name_of_a_level_field(string name, RecordField expected) => Assert.That(RecordNames.UnitFieldOf(Encoding.UTF8.GetBytes(name)), Is.EqualTo(expected));

    [Test]
    public void A_raw_record_forgets_what_it_held()
    {
        RawRecord record = new();
        record.SetUnit(40, RecordField.BidSize, new Slice(1, 2));
        record[RecordField.Code] = new Slice(3, 4);
        record.IsBook = true;
        Assert.That((record.UnitCount, record.Unit(40, RecordField.BidSize), record.Unit(39, RecordField.AskPrice)), Is.EqualTo((41, new Slice(1, 2), default(Slice))));
        record.Clear();
        record.SetUnit(40, RecordField.AskPrice, new Slice(5, 6));
        Assert.That((record.IsBook, record[RecordField.Code], record.Unit(40, RecordField.BidSize)), Is.EqualTo((false, default(Slice), default(Slice))));
    }
}
