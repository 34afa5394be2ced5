using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Concentric.Core.Data;

/// <summary>Writes thousands of rows with few statements. Entity Framework sends SQLite one statement a row, which is ten times slower.</summary>
public static class ManyRows
{
    // SQLite looks each parameter up by its name among all of the statement, so more rows at once are slower again.
    private const int AtOnce = 16;

    extension(ConcentricDb db)
    {
        /// <summary>
        /// Puts rows into their table: new ones are added, and one whose key is there is replaced. What <paramref name="db"/> tracks does not hear of it, so
        /// read again afterwards. To be called inside <see cref="IWriter.Write"/>.
        /// </summary>
        public async Task PutMany<T>(IEnumerable<T> rows, CancellationToken stop = default) where T : class
        {
            var type = db.Model.FindEntityType(typeof(T))!;
            var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
            var columns = type.GetProperties().Select(p => (Property: p, Name: $"\"{p.GetColumnName(table)}\"", Mapping: p.GetRelationalTypeMapping(), Getter: p.GetGetter())).ToList();
            var keys = type.FindPrimaryKey()!.Properties;
            var updates = string.Join(", ", columns.Where(c => !keys.Contains(c.Property)).Select(c => $"{c.Name} = excluded.{c.Name}"));
            var (before, after) = ($"INSERT INTO \"{table.Name}\" ({string.Join(", ", columns.Select(c => c.Name))}) VALUES ",
                $" ON CONFLICT ({string.Join(", ", columns.Where(c => keys.Contains(c.Property)).Select(c => c.Name))}) DO {(updates.Length > 0 ? $"UPDATE SET {updates}" : "NOTHING")}");

            DbCommand? command = null;
            try
            {
                foreach (var chunk in rows.Chunk(AtOnce))
                {
                    var again = command is not null && chunk.Length == AtOnce;
                    if (!again)
                    {
                        if (command is not null) await command.DisposeAsync();
                        command = db.Database.GetDbConnection().CreateCommand();
                        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
                        command.CommandText = before + string.Join(", ", Enumerable.Range(0, chunk.Length).Select(row => $"({string.Join(", ", Enumerable.Range(row * columns.Count, columns.Count).Select(p => $"@p{p}"))})")) + after;
                    }
                    var at = 0;
                    foreach (var row in chunk)
                        foreach (var column in columns)
                        {
                            var parameter = column.Mapping.CreateParameter(command!, $"@p{at}", column.Getter.GetClrValue(row), column.Property.IsNullable);
                            // The same command again is prepared once. Npgsql sends the parameters that it was prepared with, so they get new values and are not exchanged.
                            if (again) command!.Parameters[at].Value = parameter.Value;
                            else command!.Parameters.Add(parameter);
                            at++;
                        }
                    await command!.ExecuteNonQueryAsync(stop);
                }
            }
            finally
            {
                if (command is not null) await command.DisposeAsync();
            }
        }
    }
}
