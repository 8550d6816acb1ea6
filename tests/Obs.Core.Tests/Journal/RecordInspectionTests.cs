using System;
using System.Runtime.InteropServices;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

[TestFixture]
public sealed unsafe class RecordInspectionTests
{
    private const int RoomBytes = 256;
    private byte* _room;

    [SetUp]
    public void MakeRoom()
    {
        _room = (byte*)NativeMemory.AlignedAlloc(RoomBytes, 8);
        new Span<byte>(_room, RoomBytes).Clear();
    }

    [TearDown]
    public void FreeRoom() => NativeMemory.AlignedFree(_room);

    [Test]
    public void A_whole_record_is_one()
    {
        Put(payloadBytes: 21, sequence: 7);
        Assert.That(RecordInspection.Look(_room, RoomBytes, 7, verifyChecksum: true), Is.EqualTo(RecordState.Record));
    }

    [TestCase(6), TestCase(8), TestCase(0), TestCase(-7)]
    public void Another_sequence_is_told(long expected)
    {
        Put(payloadBytes: 21, sequence: 7);
        Assert.That(RecordInspection.Look(_room, RoomBytes, expected, verifyChecksum: true), Is.EqualTo(RecordState.SequenceWrong));
    }

    [Test]
    public void Every_flipped_bit_of_a_record_is_found()
    {
        Put(payloadBytes: 21, sequence: 7);
        for (int bit = 0; bit < 56 * 8; bit++)
        {
            _room[bit / 8] ^= (byte)(1 << (bit % 8));
            RecordState state = RecordInspection.Look(_room, RoomBytes, 7, verifyChecksum: true);
            Assert.That(state, Is.Not.EqualTo(RecordState.Record).And.Not.EqualTo(RecordState.EndOfSegment), $"bit {bit}");
            _room[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [TestCase(56, true), TestCase(55, false), TestCase(48, false), TestCase(32, false), TestCase(8, false)]
    public void A_record_must_fit_its_room(int roomBytes, bool fits)
    {
        Put(payloadBytes: 21, sequence: 7);
        Assert.That(RecordInspection.Look(_room, roomBytes, 7, verifyChecksum: true),
            Is.EqualTo(fits ? RecordState.Record : RecordState.LengthImpossible));
    }

    [TestCase(7), TestCase(4), TestCase(1), TestCase(0)]
    public void Too_little_room_for_a_marker_is_the_end(int roomBytes) =>
        Assert.That(RecordInspection.Look(_room, roomBytes, 1, verifyChecksum: true), Is.EqualTo(RecordState.EndOfSegment));

    [Test]
    public void Zeros_are_empty() => Assert.That(RecordInspection.Look(_room, RoomBytes, 1, verifyChecksum: true),
        Is.EqualTo(RecordState.Empty));

    [TestCase(1), TestCase(31), TestCase(-2), TestCase(int.MinValue), TestCase(int.MaxValue)]
    public void Lengths_that_no_record_has_are_impossible(int lengthBytes)
    {
        *(int*)_room = lengthBytes;
        Assert.That(RecordInspection.Look(_room, RoomBytes, 1, verifyChecksum: true), Is.EqualTo(RecordState.LengthImpossible));
    }

    [Test]
    public void A_marker_announces_one_sequence_only()
    {
        EndMarker.Write(_room, nextSequence: 9);
        Assert.That(RecordInspection.Look(_room, RoomBytes, 9, verifyChecksum: true), Is.EqualTo(RecordState.EndOfSegment));
        Assert.That(RecordInspection.Look(_room, RoomBytes, 10, verifyChecksum: true), Is.EqualTo(RecordState.MarkerDamaged));
        for (int bit = 0; bit < 64; bit++)
        {
            _room[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(RecordInspection.Look(_room, RoomBytes, 9, verifyChecksum: true), Is.Not.EqualTo(RecordState.EndOfSegment),
                $"bit {bit}");
            _room[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Test]
    public void Every_state_has_words_of_its_own()
    {
        RecordState[] states = Enum.GetValues<RecordState>();
        Assert.That(Array.ConvertAll(states, RecordInspection.Describe), Is.Unique);
    }

    [Test]
    public void Zero_runs_are_measured_from_their_end()
    {
        Assert.That((ZeroBytes.AreAll(_room, RoomBytes), ZeroBytes.UsedPrefix(_room, RoomBytes), ZeroBytes.UsedPrefix(_room, 0)),
            Is.EqualTo((true, 0L, 0L)));
        foreach (int at in new[] { 0, 1, 7, 8, 63, 64, 200, 255 })
        {
            _room[at] = 1;
            Assert.That((ZeroBytes.AreAll(_room, RoomBytes), ZeroBytes.UsedPrefix(_room, RoomBytes)), Is.EqualTo((false, at + 1L)),
                $"byte {at}");
            Assert.That(ZeroBytes.UsedPrefix(_room, at), Is.EqualTo(at == 0 ? 0 : ZeroBytes.UsedPrefix(_room, at)),
                "what lies behind does not count");
            ZeroBytes.Clear(_room, at + 1);
            Assert.That(ZeroBytes.AreAll(_room, RoomBytes), Is.True);
        }
    }

    [TestCase(1 << 20), TestCase((1 << 20) + 1), TestCase((3 << 20) - 1)]
    public void Long_zero_runs_cross_chunks(int bytes)
    {
        byte* large = (byte*)NativeMemory.AllocZeroed((nuint)bytes);
        try
        {
            foreach (int at in new[] { 0, 5, (1 << 20) - 1, bytes - 1 })
            {
                large[at] = 9;
                Assert.That(ZeroBytes.UsedPrefix(large, bytes), Is.EqualTo(at + 1), $"byte {at}");
                large[at] = 0;
            }
            new Span<byte>(large, bytes).Fill(3);
            ZeroBytes.Clear(large, bytes);
            Assert.That(ZeroBytes.AreAll(large, bytes), Is.True);
        }
        finally
        {
            NativeMemory.Free(large);
        }
    }

    private void Put(int payloadBytes, long sequence)
    {
        JournalFolder.PayloadOf(sequence, payloadBytes).CopyTo(new Span<byte>(_room + RecordHeader.SizeBytes, payloadBytes));
        int lengthBytes = RecordHeader.SizeBytes + payloadBytes;
        *(RecordHeader*)_room = new RecordHeader(lengthBytes, 0, sequence, 123, (byte)RecordKind.VenueFrame, 1, 0);
        uint crc = Crc32C.OfRecord(_room, lengthBytes, (nint)RecordHeader.PaddedBytes(lengthBytes));
        *(RecordHeader*)_room = new RecordHeader(lengthBytes, crc, sequence, 123, (byte)RecordKind.VenueFrame, 1, 0);
    }
}
