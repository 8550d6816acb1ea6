using System;
using System.IO;
using System.Text;
using NUnit.Framework;
using Obs.Core.Diagnostics;

namespace Obs.Core.Tests.Diagnostics;

/// <summary>The kernel's own words about time that was taken from us.</summary>
internal sealed class StealReaderTests
{
    [TestCase("123456 789 42\n", 789L), TestCase("0 0 0\n", 0L), TestCase("1 9223372036854775807 3", long.MaxValue)]
    public void The_second_number_of_schedstat_is_the_run_delay(string text, long expectedNs)
    {
        bool isRead = StealReader.TryParseRunDelay(Encoding.ASCII.GetBytes(text), out long runDelayNs);
        Assert.That((isRead, runDelayNs), Is.EqualTo((true, expectedNs)));
    }

    [Test]
    public void The_eighth_number_of_the_cpu_line_is_the_steal_in_hundredths_of_a_second()
    {
        bool isRead = StealReader.TryParseSteal("cpu  10 20 30 40 50 60 70 83 90 100\ncpu0 1 2 3 4 5 6 7 9 9 10\n"u8, out long stealNs);
        Assert.That((isRead, stealNs), Is.EqualTo((true, 830_000_000L)));
    }

    [TestCase(""), TestCase("cpu"), TestCase("cpu  1 2 3 4 5 6 7\n"), TestCase("cpu0 1 2 3 4 5 6 7 8\n"), TestCase("cpu  1 2 3 4 5 6 7 x\n"), TestCase("cpu  1 2 3 4 5 6 7 8x\n"), TestCase("cpu  1 2 3 4 5 6 7 9223372036854775807\n")]
    public void A_line_without_steal_is_no_answer(string text) =>
        Assert.That(StealReader.TryParseSteal(Encoding.ASCII.GetBytes(text), out _), Is.False);

    [TestCase(""), TestCase("123"), TestCase("123 \n"), TestCase("123 four 5\n")]
    public void A_schedstat_without_a_second_number_is_no_answer(string text) =>
        Assert.That(StealReader.TryParseRunDelay(Encoding.ASCII.GetBytes(text), out _), Is.False);

    [Test]
    public void A_file_is_read_again_each_time_and_reading_allocates_nothing()
    {
        string folder = Directory.CreateTempSubdirectory("obs-steal").FullName;
        string schedstat = Path.Combine(folder, "schedstat"), stat = Path.Combine(folder, "stat");
        File.WriteAllText(schedstat, "1 200 3\n");
        File.WriteAllText(stat, "cpu  1 2 3 4 5 6 7 8\n");
        using StealReader reader = new(schedstat, stat);
        Assert.That((reader.TryReadRunDelayNs(out long before), before), Is.EqualTo((true, 200L)));
        File.WriteAllText(schedstat, "1 300 3\n");
        AllocationMeter meter = AllocationMeter.Start();
        bool isRead = reader.TryReadRunDelayNs(out long after) & reader.TryReadStealNs(out long stealNs);
        long bytes = meter.Bytes;
        Assert.That((isRead, after, stealNs, bytes), Is.EqualTo((true, 300L, 80_000_000L, 0L)));
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Where_the_files_are_missing_there_is_no_answer_and_no_error()
    {
        using StealReader reader = new("/nowhere/schedstat", "/nowhere/stat");
        Assert.That((reader.TryReadRunDelayNs(out _), reader.TryReadStealNs(out _)), Is.EqualTo((false, false)));
    }

    [Test, Platform("Linux")]
    public void On_Linux_the_run_delay_never_goes_back()
    {
        using StealReader reader = new();
        bool isKept = reader.TryReadRunDelayNs(out long firstNs);
        // a kernel may keep no schedstat; then there is no answer, and nothing else may be said of it
        Assert.That(isKept, Is.EqualTo(File.Exists("/proc/thread-self/schedstat")));
        Assert.That(reader.TryReadRunDelayNs(out long secondNs), Is.EqualTo(isKept));
        Assert.That(secondNs, Is.GreaterThanOrEqualTo(firstNs));
        Assert.That(firstNs, Is.GreaterThanOrEqualTo(0L), Environment.MachineName);
    }
}
