using System;
using System.Collections.Generic;
using System.Threading;
using NUnit.Framework;
using Obs.Core.Journal;

namespace Obs.Core.Tests.Journal;

/// <summary>Random histories of a journal's life beside a plain list of what must be in it.</summary>
[TestFixture]
public sealed class JournalHistoryTests
{
    [Test]
    public void Journal_and_list_agree_after_every_step([Range(1, 12)] int seed) =>
        Assert.That(Run(seed, steps: 150, forgetful: false), Is.Empty);

    [Test, Category("Soak")]
    public void Journal_and_list_agree_over_long_lives([Range(100, 140)] int seed) =>
        Assert.That(Run(seed, steps: 2_000, forgetful: false), Is.Empty);

    /// <summary>The control: a list that forgets one record in a hundred must be noticed.</summary>
    [Test]
    public void A_difference_is_noticed() => Assert.That(Run(seed: 1, steps: 150, forgetful: true), Is.Not.Empty);

    private static string Run(int seed, int steps, bool forgetful)
    {
        Random random = new(seed);
        using JournalFolder folder = new();
        using Life life = new(folder, random, (2 + random.Next(6)) * 4096L, forgetful);
        for (int step = 0; step < steps; step++)
        {
            string did = life.Step();
            if (life.Difference() is string difference)
                return $"seed {seed}, step {step}, after {did}: {difference}";
        }
        return "";
    }

    private sealed class Life : IDisposable
    {
        private readonly JournalFolder _folder;
        private readonly Random _random;
        private readonly long _segmentBytes;
        private readonly bool _isForgetful;
        private readonly List<(RecordKind Kind, long ReceiveNs, byte[] Payload)> _expected = [];
        private JournalWriter _writer;
        private readonly JournalReader _follower;
        private long _firstKept = 1;
        private long _followed;
        private long _timeNs;

        public Life(JournalFolder folder, Random random, long segmentBytes, bool forgetful)
        {
            (_folder, _random, _segmentBytes, _isForgetful) = (folder, random, segmentBytes, forgetful);
            _writer = folder.OpenWriter(segmentBytes);
            _follower = new JournalReader(folder.Path);
        }

        public string Step()
        {
            switch (_random.Next(20))
            {
                case 0:
                    _writer.Dispose();
                    return Reopen("closing");
                case 1:
                    _writer.Abandon();
                    return Reopen("a crash");
                case 2:
                    _ = _writer.Commit();
                    return "a commit";
                case 3:
                    return Retain();
                case 4:
                    _writer.Reserve(_random.Next(500), 1).Fill(0xCC);
                    return "a reservation given up";
                default:
                    return Append();
            }
        }

        /// <summary>Null if reader, follower and counters say what the list says.</summary>
        public string? Difference()
        {
            if (_writer.PublishedSequence != _expected.Count)
                return $"published {_writer.PublishedSequence}, expected {_expected.Count}";
            if (_writer.DurableSequence > _writer.PublishedSequence)
                return $"durable {_writer.DurableSequence} beyond published {_writer.PublishedSequence}";
            string? followed = null;
            _ = SpinWait.SpinUntil(() => (followed = Follow()) is not null || _followed == _expected.Count, TimeSpan.FromSeconds(10));
            if (followed is not null)
                return "follower: " + followed;
            if (_followed != _expected.Count)
                return $"the follower stands at {_followed} of {_expected.Count}: {_follower.TailProblem}";
            return _random.Next(10) == 0 ? DifferenceOfAll() : null;
        }

        public void Dispose()
        {
            _follower.Dispose();
            _writer.Dispose();
        }

        /// <summary>Reads on; a segment that has no name yet is waited for by the caller.</summary>
        private string? Follow()
        {
            while (_follower.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
            {
                if (DifferenceAt(header, payload) is string difference)
                    return difference;
                _followed = header.Sequence;
            }
            return null;
        }

        private string Append()
        {
            int count = _random.Next(1, 40);
            for (int i = 0; i < count; i++)
            {
                byte[] payload = new byte[_random.Next(8) == 0 ? _random.Next((int)_segmentBytes - 4096 - 32 + 1) : _random.Next(250)];
                _random.NextBytes(payload);
                RecordKind kind = (RecordKind)_random.Next(1, 15);
                _ = _writer.Append(kind, 1, ++_timeNs, payload);
                if (_isForgetful && _random.Next(100) == 0)
                    payload = [.. payload, 0];
                _expected.Add((kind, _timeNs, payload));
            }
            return $"appending {count}";
        }

        private string Reopen(string how)
        {
            _writer = _folder.OpenWriter(_segmentBytes);
            return _writer.Recovery.CutOff is JournalProblem cut && how == "closing" ? throw new InvalidOperationException(cut.ToString()) : how;
        }

        private string Retain()
        {
            CursorPosition follower = new("follower", _followed, false);
            RetentionLimits limits = new() { KeepBytes = _random.Next(2, 20) * _segmentBytes };
            _firstKept = JournalRetention.Apply(_folder.Path, LogFormat.Journal, limits, 0, [follower]).FirstSequence;
            return "retention";
        }

        private string? DifferenceOfAll()
        {
            long next = _firstKept;
            foreach ((RecordHeader header, byte[] payload) in _folder.ReadAll())
            {
                if (header.Sequence != next++)
                    return $"sequence {header.Sequence} where {next - 1} belongs";
                if (DifferenceAt(header, payload) is string difference)
                    return "reader: " + difference;
            }
            return next == _expected.Count + 1 ? null : $"the reader ends before {next} of {_expected.Count}";
        }

        private string? DifferenceAt(in RecordHeader header, ReadOnlySpan<byte> payload)
        {
            (RecordKind kind, long receiveNs, byte[] bytes) = _expected[(int)header.Sequence - 1];
            return header.Kind == kind && header.ReceiveNs == receiveNs && payload.SequenceEqual(bytes)
                ? null
                : $"record {header.Sequence} is {header.Kind} at {header.ReceiveNs} with {payload.Length} bytes, expected {kind} at {receiveNs} with {bytes.Length}";
        }
    }
}
