using System.Linq;
using NUnit.Framework;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

[TestFixture]
internal sealed class KeptDiffsTests
{
    [Test]
    public void Frames_keep_their_order_and_their_levels()
    {
        KeptDiffs kept = new();
        for (int id = 1; id <= 300; id++)
            Assert.That(Add(kept, id, levels: id % 5), Is.Zero);
        Assert.That(kept.Frames.ToArray().Select(f => f.LastUpdateId), Is.EqualTo(Enumerable.Range(1, 300)));
        kept.RemoveFirst(150);
        int at = 0;
        foreach (MarketEvent frame in kept.Frames)
        {
            Assert.That(frame.LastUpdateId % 5, Is.EqualTo(frame.BidCount));
            foreach (BookLevel level in kept.Levels.Slice(at, frame.BidCount))
                Assert.That(level.Price.Mantissa, Is.EqualTo(frame.LastUpdateId));
            at += frame.BidCount;
        }
        Assert.That((kept.Frames.Length, kept.Levels.Length), Is.EqualTo((150, at)));
        kept.RemoveFirst(150);
        Assert.That((kept.Frames.Length, kept.Levels.Length), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Wide_frames_push_out_the_oldest_half()
    {
        KeptDiffs kept = new();
        int gone = 0;
        for (int id = 1; id <= 65; id++)
            gone += Add(kept, id, levels: 4_096);
        Assert.That(gone, Is.EqualTo(32), "64 frames fill the room of 262,144 levels");
        Assert.That((kept.Frames[0].LastUpdateId, kept.Frames.Length), Is.EqualTo((33L, 33)));
        Assert.That(kept.Levels[0].Price.Mantissa, Is.EqualTo(33));
    }

    [Test]
    public void The_room_for_levels_is_never_exceeded_whatever_the_frames_before_look_like()
    {
        KeptDiffs kept = new();
        int gone = 0;
        for (int id = 0; id < 4_100; id++)
        {
            gone += Add(kept, id, levels: id < 4_000 ? 1 : 16_384);
            Assert.That(kept.Levels.Length, Is.LessThanOrEqualTo(KeptDiffs.LevelsMax), $"frame {id}");
            Assert.That((kept.Frames.Length + gone, kept.Frames[^1].LastUpdateId), Is.EqualTo((id + 1, (long)id)));
        }
    }

    private static int Add(KeptDiffs kept, long id, int levels) =>
        kept.Add(new MarketEvent { Kind = MarketEventKind.Diff, LastUpdateId = id, BidCount = levels }, [.. Enumerable.Repeat(MarketFixture.Level(id, 1), levels)]);
}
