using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NUnit.Framework;
using Obs.Core.Engine.Outputs;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Signals;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Engine.Outputs;

/// <summary>What the output log holds, byte for byte: sizes on disk, no undefined bytes, and records that come back as they went in.</summary>
[TestFixture]
internal sealed class OutputLayoutTests
{
    [Test]
    public void Sizes_on_disk_are_frozen() => Assert.Multiple(() =>
    {
        Assert.That(Unsafe.SizeOf<BookChangeRecord>(), Is.EqualTo(144));
        Assert.That(Unsafe.SizeOf<MarketEvent>(), Is.EqualTo(104));
        Assert.That(Unsafe.SizeOf<BookLevel>(), Is.EqualTo(16));
        Assert.That(Unsafe.SizeOf<PredictionRecord>(), Is.EqualTo(24));
        Assert.That(Unsafe.SizeOf<SignalRecord>(), Is.EqualTo(48));
        Assert.That(Unsafe.SizeOf<OrderRecord>(), Is.EqualTo(56));
        Assert.That(Unsafe.SizeOf<ReportFields>(), Is.EqualTo(72));
        Assert.That(Unsafe.SizeOf<FillRecord>(), Is.EqualTo(96));
        Assert.That(Unsafe.SizeOf<ReportRecord>(), Is.EqualTo(160));
        Assert.That(Unsafe.SizeOf<OutcomeRecord>(), Is.EqualTo(16));
        Assert.That(Unsafe.SizeOf<OutputSlot>(), Is.EqualTo(256));
    });

    [TestCase(typeof(OrderRecord), 56)]
    [TestCase(typeof(ReportFields), 72)]
    public void Fields_fill_their_record_without_a_gap(Type type, int bytes)
    {
        int sum = 0;
        foreach (System.Reflection.FieldInfo field in type.GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic))
            sum += Marshal.SizeOf(field.FieldType);
        Assert.That(sum, Is.EqualTo(bytes), "a gap would hold bytes nobody wrote, and two logs of one run would differ");
    }

    [Test]
    public void An_order_comes_back_as_it_went_in_even_over_dirty_memory()
    {
        OrderRequest order = new()
        {
            OrderId = 7,
            Sequence = 8,
            RequestNs = 9,
            Price = new Price(10),
            Size = new Size(11),
            Key = new OrderKey(12, TradingMode.Paper, 13),
            Action = RequestAction.Modify,
            Side = Side.Ask,
            Type = OrderType.Market,
            TimeInForce = TimeInForce.Fok,
        };
        OutputSlot clean = default, dirty = default;
        MemoryMarshal.AsBytes(new Span<OutputSlot>(ref dirty)).Fill(0xEE);
        clean.Order = new OrderRecord(order, RejectReason.OffTick);
        dirty.Order = new OrderRecord(order, RejectReason.OffTick);
        Assert.Multiple(() =>
        {
            Assert.That(Bytes(dirty.Order), Is.EqualTo(Bytes(clean.Order)));
            Assert.That(clean.Order.Order, Is.EqualTo(order));
            Assert.That(clean.Order.Reason, Is.EqualTo(RejectReason.OffTick));
        });
    }

    [Test]
    public void A_report_comes_back_as_it_went_in_with_its_ledger_and_fee()
    {
        OrderReport report = new()
        {
            OrderId = 1,
            VenueNs = 2,
            ReportNs = 3,
            Price = new Price(4),
            Size = new Size(5),
            Left = new Size(6),
            PrintSize = new Size(7),
            Key = new OrderKey(8, TradingMode.Live, 9),
            Kind = ReportKind.PartiallyFilled,
            Side = Side.Ask,
            Liquidity = Liquidity.Maker,
            Cause = FillCause.Queue,
        };
        Assert.That(DefaultInstruments.Catalog.TryCreate(VenueId.Upbit, "KRW-BTC"u8, out Instrument? instrument), Is.True);
        LedgerView ledger = new(new MoneyScale(instrument!), -5, new Money(Int128.MaxValue), new Money(-2), new Money(3), new Money(4));
        ReportRecord record = new(report, ledger, new Money(77));
        Assert.Multiple(() =>
        {
            Assert.That(record.Report, Is.EqualTo(report));
            Assert.That(record.Fee, Is.EqualTo(new Money(77)));
            Assert.That(record.Ledger(instrument!), Is.EqualTo(ledger));
        });
    }

    [Test]
    public void Absent_features_leave_no_bytes_behind_and_unwanted_ones_are_left_out()
    {
        OutputSlot first = new() { Kind = OutputKind.Feature }, second = first;
        second.Features.Row.Set(FeatureId.MidPrice, 0.75);
        second.Features.Row.Clear();
        Fill(ref first);
        Fill(ref second);
        byte[] written = Write(first);
        Assert.That(written, Is.EqualTo(Write(second)), "a forgotten value shows nowhere");
        Assert.That(written, Has.Length.EqualTo(24 + 8));
        Assert.That(OutputEncoding.TryReadFeatures(written, out FeatureRecord back), Is.True);
        Assert.That((back.ReceiveNs, back.VenueNs, back.Row[FeatureId.Spread], back.Row.Present.Count), Is.EqualTo((5L, 6L, 2.5, 1)));
        first.Features.Kept = FeatureSet.All;
        Assert.That(Write(first), Has.Length.EqualTo(24 + 16), "the control: the second value is there when it is wanted");
        Assert.That(OutputEncoding.TryReadFeatures(written.AsSpan(0, 31), out _), Is.False);
        Assert.That(OutputEncoding.TryReadFeatures([], out _), Is.False);

        static void Fill(ref OutputSlot slot)
        {
            (slot.Features.ReceiveNs, slot.Features.VenueNs, slot.Features.Kept) = (5, 6, FeatureSet.Six);
            slot.Features.Row.Set(FeatureId.Spread, 2.5);
            slot.Features.Row.Set((FeatureId)(FeatureNames.Count - 1), 1);
        }
    }

    private static byte[] Write(OutputSlot slot)
    {
        byte[] payload = new byte[OutputEncoding.BytesOf(slot, default)];
        OutputEncoding.Write(ref slot, default, default, payload);
        return payload;
    }

    private static byte[] Bytes<T>(T value)
        where T : struct => MemoryMarshal.AsBytes(new Span<T>(ref value)).ToArray();
}
