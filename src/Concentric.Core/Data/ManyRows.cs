using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Concentric.Core.Data;

/// <summary>Writes thousands of rows with few statements. Entity Framework sends SQLite one statement a row, which is ten times slower.</summary>
public static class ManyRows
{
    // Both databases take far more parameters in a statement than this many rows have.
    private const int AtOnce = 200;

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
            var updates = columns.Where(c => !keys.Contains(c.Property)).Select(c => $"{c.Name} = excluded.{c.Name}");
            var (before, after) = ($"INSERT INTO \"{table.Name}\" ({string.Join(", ", columns.Select(c => c.Name))}) VALUES ",
                $" ON CONFLICT ({string.Join(", ", columns.Where(c => keys.Contains(c.Property)).Select(c => c.Name))}) DO UPDATE SET {string.Join(", ", updates)}");

            foreach (var chunk in rows.Chunk(AtOnce))
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
                command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
                var text = new StringBuilder(before);
                foreach (var (number, row) in chunk.Index())
                {
                    text.Append(number == 0 ? "(" : ", (");
                    foreach (var (at, column) in columns.Index())
                    {
                        var name = $"@p{command.Parameters.Count}";
                        text.Append(at == 0 ? name : $", {name}");
                        command.Parameters.Add(column.Mapping.CreateParameter(command, name, column.Getter.GetClrValue(row), column.Property.IsNullable));
                    }
                    text.Append(')');
                }
                command.CommandText = text.Append(after).ToString();
                await command.ExecuteNonQueryAsync(stop);
            }
        }
    }
}
