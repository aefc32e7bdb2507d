/* BEGIN, COMMIT, ROLLBACK. */
#include "db/session.h"

#include <string.h>

enum cb_code cb_db_begin(struct cb_db *db, struct cb_err *err)
{
    if (PQtransactionStatus(db->conn) == PQTRANS_INTRANS || PQtransactionStatus(db->conn) == PQTRANS_INERROR)
        return cb_fail(err, CB_FAILED, "a transaction is open already");
    return cb_pg_script(db, "BEGIN", "begin", CB_AUTHOR_PROGRAM, err);
}

enum cb_code cb_db_commit(struct cb_db *db, struct cb_err *err)
{
    enum cb_code code = cb_pg_free_to_run(db, "commit", err);
    if (code != CB_OK)
        return code;
    if (PQtransactionStatus(db->conn) == PQTRANS_IDLE)
        return cb_fail(err, CB_FAILED, "there is no transaction to commit");
    PGresult *result = PQexec(db->conn, "COMMIT");
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        code = cb_pg_error(db, result, "commit", CB_AUTHOR_PROGRAM, err);
    /* the server answers COMMIT of a failed transaction with success and the tag ROLLBACK */
    else if (strcmp(PQcmdStatus(result), "COMMIT") != 0)
        code = cb_fail(err, CB_FAILED, "the transaction had failed and was rolled back");
    PQclear(result);
    return code;
}

void cb_db_rollback(struct cb_db *db)
{
    if (db == NULL || db->busy != NULL)
        return;
    PGTransactionStatusType status = PQtransactionStatus(db->conn);
    if (status != PQTRANS_INTRANS && status != PQTRANS_INERROR)
        return;
    PQclear(PQexec(db->conn, "ROLLBACK"));
}
