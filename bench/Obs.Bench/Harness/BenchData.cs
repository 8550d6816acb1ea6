using System;
using System.IO;

namespace Obs.Bench.Harness;

/// <summary>Finds the recordings: the folder OBS_SHARED, else <c>../shared</c> beside the repository.</summary>
internal static class BenchData
{
    /// <summary>The full path of a file or folder below the shared folder, or null when it is not there.</summary>
    /// <param name="relative">Path such as <c>data/upbit</c>.</param>
    public static string? TryPath(string relative)
    {
        string? shared = Environment.GetEnvironmentVariable("OBS_SHARED") ?? BesideRepository();
        if (shared is null)
            return null;
        string path = Path.GetFullPath(Path.Combine(shared, relative));
        return Path.Exists(path) ? path : null;
    }

    /// <summary>What <see cref="IBenchSuite.Unavailable"/> says when <paramref name="relative"/> is missing; null when it is there.</summary>
    public static string? Missing(string relative) =>
        TryPath(relative) is null ? $"{relative} is not there; set OBS_SHARED to the folder that holds it" : null;

    private static string? BesideRepository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Obs.sln")))
                return Path.Combine(folder.FullName, "..", "shared");
        }
        return null;
    }
}
