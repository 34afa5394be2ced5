-- Each attempt to pay is a payment of its own at the provider's; those that came to nothing are kept.
CREATE TABLE serve_payment_attempt (
    "Id" {id} NOT NULL CONSTRAINT "PK_serve_payment_attempt" PRIMARY KEY,
    "PaymentId" {id} NOT NULL,
    "Number" {int} NOT NULL,
    "Provider" text NOT NULL,
    "ProviderId" text NULL,
    "State" {enum} NOT NULL,
    "At" {time} NOT NULL,
    "ToldAt" {time} NULL,
    CONSTRAINT "FK_serve_payment_attempt_serve_payment_PaymentId" FOREIGN KEY ("PaymentId") REFERENCES serve_payment ("Id") ON DELETE CASCADE
);
CREATE UNIQUE INDEX "IX_serve_payment_attempt_PaymentId_Number" ON serve_payment_attempt ("PaymentId", "Number");
CREATE UNIQUE INDEX "IX_serve_payment_attempt_Provider_ProviderId" ON serve_payment_attempt ("Provider", "ProviderId");
CREATE INDEX "IX_serve_payment_attempt_State_At" ON serve_payment_attempt ("State", "At");

ALTER TABLE serve_payment DROP COLUMN "Provider";
ALTER TABLE serve_payment DROP COLUMN "ProviderId";
