using System;
using System.IO;
using NUnit.Framework;

namespace Obs.Core.Tests;

/// <summary>Real recordings that stand beside the repository and are never part of it.</summary>
internal static class SharedData
{
    /// <summary>The absolute path of a file or folder of the shared data; skips the running test with the reason where the data are absent.</summary>
    public static string Path(string relative)
    {
        string full = System.IO.Path.GetFullPath(System.IO.Path.Combine(Root(), "data", relative));
        if (!File.Exists(full) && !Directory.Exists(full))
            Assert.Ignore($"needs shared/data/{relative} (set OBS_SHARED to the folder that holds data)");
        return full;
    }

    private static string Root()
    {
        if (Environment.GetEnvironmentVariable("OBS_SHARED") is { Length: > 0 } given)
            return System.IO.Path.IsPathRooted(given) ? given : System.IO.Path.Combine(RepositoryRoot(), given);
        return System.IO.Path.Combine(RepositoryRoot(), "..", "shared");
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Obs.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Obs.sln was not found above the test's folder.");
    }
}
